/* The editor of a file as text. The text area stays the control of the form: it always has the
   text, and without JavaScript it is the editor. CodeMirror stands in a shadow tree: there it may
   bring its own style sheets along, which the rules of the page forbid elsewhere. */

import { autocompletion, completionKeymap, startCompletion } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { HighlightStyle, bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { contextAt, isNested, keysAt, siblings, valuesAt } from "./schema.js";

const WAIT = 400; // ms without typing before a text without paper is checked
const LEVELS = { fout: "error", waarschuwing: "warning", tip: "info" };

const DUTCH = {
  "Control character": "Stuurteken",
  "Completions": "Aanvullingen",
  "Diagnostics": "Problemen",
  "No diagnostics": "Geen problemen",
  "close": "sluiten",
  "current match": "gevonden plek",
  "replaced $ matches": "$ plekken vervangen",
  "replaced match on line $": "vervangen op regel $",
  "on line": "op regel",
  "Find": "Zoeken",
  "Replace": "Vervangen door",
  "next": "volgende",
  "previous": "vorige",
  "all": "alle",
  "match case": "hoofdletters tellen mee",
  "regexp": "patroon",
  "by word": "hele woorden",
  "replace": "vervangen",
  "replace all": "alles vervangen",
  "Go to line": "Naar regel",
  "go": "ga",
  "Selection deleted": "Keuze gewist",
  "Folded lines": "Ingeklapte regels",
};

const LOOKS = EditorView.theme({
  "&": { color: "var(--inkt)", backgroundColor: "var(--papier)", border: "1px solid var(--lijn)", borderRadius: "var(--rond)", fontSize: ".9375rem" },
  "&.cm-focused": { outline: "3px solid var(--focus)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: 'ui-monospace, "DejaVu Sans Mono", Consolas, monospace', lineHeight: "1.5", maxHeight: "calc(100vh - 12rem)", minHeight: "20rem" },
  ".cm-content": { caretColor: "var(--inkt)" },
  ".cm-gutters": { backgroundColor: "var(--vlak)", color: "var(--zacht)", borderRight: "1px solid var(--lijn-zacht)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "var(--tekst-regel)" },
  ".cm-activeLineGutter": { color: "var(--inkt)" },
  ".cm-tooltip": { backgroundColor: "var(--papier)", color: "var(--inkt)", border: "1px solid var(--lijn)", maxWidth: "34rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": { backgroundColor: "var(--knop)", color: "var(--knop-tekst)" },
  ".cm-tooltip-autocomplete .cm-completionDetail": { fontStyle: "normal" },
  ".cm-completionInfo": { fontFamily: "Verdana, sans-serif", whiteSpace: "normal" },
  ".cm-panels": { backgroundColor: "var(--vlak)", color: "var(--inkt)" },
  ".cm-textfield": { backgroundColor: "var(--papier)", border: "1px solid var(--lijn)", fontSize: "1rem" },
  ".cm-button": { backgroundImage: "none", backgroundColor: "var(--papier)", color: "var(--link)", border: "1px solid var(--knop)", fontSize: "1rem" },
  ".cm-panel.cm-search label": { fontSize: ".9375rem" },
  ".cm-diagnostic": { fontFamily: "Verdana, sans-serif", whiteSpace: "pre-wrap", padding: ".4rem .6rem" },
  ".cm-diagnostic-error": { borderLeft: "6px double var(--fout)" },
  ".cm-diagnostic-warning": { borderLeft: "6px solid var(--let-op)" },
  ".cm-lintRange-error": { backgroundImage: "none", textDecoration: "underline wavy 2px var(--fout)", textUnderlineOffset: "3px" },
  ".cm-lintRange-warning": { backgroundImage: "none", textDecoration: "underline dashed 2px var(--let-op)", textUnderlineOffset: "3px" },
  ".cm-lintRange-info": { backgroundImage: "none", textDecoration: "underline dotted 2px var(--link)", textUnderlineOffset: "3px" },
  ".cm-lint-marker-error, .cm-lint-marker-warning, .cm-lint-marker-info": { content: "normal", textAlign: "center", fontWeight: "bold", lineHeight: "1.2" },
  ".cm-lint-marker-error::before": { content: '"✕"', color: "var(--fout)" },
  ".cm-lint-marker-warning::before": { content: '"!"', color: "var(--let-op)" },
  ".cm-lint-marker-info::before": { content: '"i"', color: "var(--link)" },
  ".cm-searchMatch": { backgroundColor: "transparent", outline: "2px solid var(--let-op)" },
});

const COLOURS = HighlightStyle.define([
  { tag: tags.definition(tags.propertyName), color: "var(--link)", fontWeight: "bold" },
  { tag: tags.string, color: "var(--goed)" },
  { tag: [tags.special(tags.string), tags.separator, tags.brace, tags.squareBracket], color: "var(--let-op)" },
  { tag: tags.comment, color: "var(--zacht)", fontStyle: "italic" },
]);

/** Return the source of completions for the `schema`. */
function completions(schema) {
  return ({ state, pos, explicit }) => {
    const line = state.doc.lineAt(pos);
    const lines = state.doc.toString().split("\n");
    const here = contextAt(lines, line.number - 1, pos - line.from);
    if (!here) return null;
    const typed = here.key ?? here.value;
    if (!typed && !explicit) return null;
    const options = here.key === undefined ? [] : keyOptions(schema, here, lines, line.number - 1);
    if (here.value !== null && here.value !== undefined) {
      options.push(...valuesAt(schema, here.path).map((label) => ({ label, type: "enum", detail: "keuze" })));
    }
    return options.length ? { from: line.from + here.from, options, validFor: /^[\w-]*$/ } : null;
  };
}

function keyOptions(schema, { path, from }, lines, index) {
  const there = siblings(lines, index, from);
  return keysAt(schema, path)
    .filter(({ name }) => !there.has(name))
    .map(({ name, schema: part, needed }) => ({
      label: name,
      type: "property",
      detail: needed ? "verplicht" : "",
      info: part.description || part.title || "",
      boost: needed ? 10 : 0,
      apply: isNested(schema, part) ? `${name}:` : `${name}: `,
    }));
}

/** Return a problem as what CodeMirror marks in `doc`. */
function diagnostic(doc, { ernst, regel, kolom, tekst, remedie, code }) {
  const line = doc.line(Math.min(Math.max(regel || 1, 1), doc.lines));
  const start = Math.min(line.from + Math.max((kolom || 1) - 1, 0), line.to);
  const rest = doc.sliceString(start, line.to);
  const end = start + (rest.replace(/\s+(#.*)?$/, "").length || rest.length);
  return {
    from: start,
    to: Math.max(end, start),
    severity: LEVELS[ernst],
    source: code,
    message: remedie ? `${tekst}\n${remedie}` : tekst,
  };
}

class Editor {
  constructor(area, schema) {
    this.area = area;
    this.form = area.form;
    this.paper = document.querySelector("section[data-beeld]");
    this.list = document.querySelector("[data-deel=lijst]");
    this.number = 0;
    this.saved = area.value;
    const host = document.createElement("div");
    host.className = "tekst-veld";
    area.after(host);
    const root = host.attachShadow({ mode: "open" });
    this.view = new EditorView({ parent: root, root, state: this.start(schema) });
    if (document.activeElement === area) {
      this.view.dispatch({ selection: { anchor: area.selectionStart, head: area.selectionEnd } });
      this.view.focus();
    }
    area.hidden = true;
    host.editor = this;
    for (const one of document.querySelectorAll("[data-met-editor]")) one.hidden = false;
    this.listen();
    if (!this.paper) this.check();
  }

  start(schema) {
    const { labels, dataset } = this.area;
    return EditorState.create({
      doc: this.area.value,
      extensions: [
        lineNumbers(), lintGutter(), history(), bracketMatching(),
        highlightActiveLine(), highlightActiveLineGutter(),
        indentUnit.of("  "), EditorView.lineWrapping,
        yaml(), syntaxHighlighting(COLOURS), LOOKS,
        search({ top: true }),
        autocompletion({ override: schema ? [completions(schema)] : [], icons: false }),
        EditorState.phrases.of(DUTCH),
        EditorView.contentAttributes.of({
          "aria-label": `${labels[0].textContent.trim()}. ${dataset.hulp || ""}`,
          lang: "nl",
          tabindex: "0",
        }),
        keymap.of([
          { key: "F8", run: nextDiagnostic, shift: previousDiagnostic },
          { key: "Mod-s", run: () => (this.form.requestSubmit(), true), preventDefault: true },
          { key: "Alt-/", run: startCompletion },
          { key: "Mod-f", run: openSearchPanel },
          ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab,
        ]),
        EditorView.updateListener.of((update) => this.updated(update)),
      ],
    });
  }

  updated(update) {
    if (update.docChanged) {
      this.area.value = update.state.doc.toString();
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
      if (!this.paper) {
        clearTimeout(this.timer);
        this.timer = setTimeout(() => this.check(), WAIT);
      }
    }
    if ((update.selectionSet || update.focusChanged) && update.view.hasFocus) this.lightUp();
  }

  listen() {
    this.area.labels[0].addEventListener("click", (event) => {
      event.preventDefault();
      this.view.focus();
    });
    this.form.addEventListener("submit", () => (this.saved = this.area.value));
    addEventListener("beforeunload", (event) => {
      if (this.area.value !== this.saved) event.preventDefault();
    });
    this.list.addEventListener("click", (event) => {
      const link = event.target.closest("[data-regel]");
      if (!link) return;
      event.preventDefault();
      this.goTo(Number(link.dataset.regel), Number(link.dataset.kolom));
    });
    if (!this.paper) return;
    this.paper.addEventListener("beeld:antwoord", (event) => this.tell(event.detail.problemen));
    this.paper.addEventListener("beeld:plek", (event) => {
      const { regel, kolom, bestand, loc } = event.detail;
      if (bestand || !regel) return;
      event.preventDefault();
      this.goTo(regel, kolom);
      if (loc) this.paper.dispatchEvent(new CustomEvent("beeld:hier", { detail: { loc } }));
    });
  }

  lightUp() {
    if (!this.paper) return;
    const regel = this.view.state.doc.lineAt(this.view.state.selection.main.head).number;
    this.paper.dispatchEvent(new CustomEvent("beeld:hier", { detail: { regel } }));
  }

  goTo(line, column) {
    const found = this.view.state.doc.line(Math.min(Math.max(line, 1), this.view.state.doc.lines));
    const at = Math.min(found.from + Math.max((column || 1) - 1, 0), found.to);
    this.view.focus();
    this.view.dispatch({
      selection: { anchor: at },
      effects: EditorView.scrollIntoView(at, { y: "center" }),
    });
  }

  async check() {
    this.number += 1;
    const number = this.number;
    const body = new URLSearchParams({ tekst: this.area.value, volgnummer: String(number) });
    try {
      const reply = await fetch(this.area.dataset.controle, { method: "POST", body });
      const { volgnummer, problemen } = await reply.json();
      if (volgnummer === this.number) this.tell(problemen);
    } catch {
      this.list.textContent = "De tekst kon niet worden gecontroleerd. Staat het venster van lrtdocs nog open?";
    }
  }

  tell(problems) {
    const own = problems.filter((one) => !one.bestand);
    const marks = own.map((one) => diagnostic(this.view.state.doc, one));
    this.view.dispatch(setDiagnostics(this.view.state, marks));
    this.list.replaceChildren(...(problems.length ? [rows(problems)] : [text("p", "Geen problemen gevonden.")]));
  }
}

function text(tag, content, className = "") {
  return Object.assign(document.createElement(tag), { textContent: content, className });
}

function rows(problems) {
  const list = document.createElement("ul");
  for (const one of problems) {
    const row = text("li", "", `probleem ${one.ernst}`);
    const told = text("p", "");
    told.append(text("strong", `${one.ernst[0].toUpperCase()}${one.ernst.slice(1)}`, "ernst"), one.tekst);
    const place = text("p", "", "plek");
    if (one.bestand || !one.regel) place.textContent = one.plaats;
    else {
      const link = Object.assign(text("a", `Regel ${one.regel}`), { href: "#tekst" });
      Object.assign(link.dataset, { regel: one.regel, kolom: one.kolom || 1 });
      place.append(link);
    }
    row.append(told, place);
    if (one.remedie) row.append(text("p", `Doe dit: ${one.remedie}`, "remedie"));
    list.append(row);
  }
  return list;
}

const area = document.querySelector("textarea[data-editor]");
const reply = area.dataset.schema ? await fetch(area.dataset.schema).catch(() => null) : null;
new Editor(area, reply && reply.ok ? await reply.json() : null);
