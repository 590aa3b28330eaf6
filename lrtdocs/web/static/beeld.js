/* The live paper: what the form or the text beside it becomes, as pages.

   The one promise: `data-staat` is "goed" only while the pages are those of what stands there now.
   So every change gets a number; an answer counts only when nothing was changed since it was asked
   for, and when what stands there is still, letter for letter, what was sent.

   A page needs the macro `beeld` of delen.html and nothing else. Others may listen to, on the
   section: "beeld:antwoord" (detail: the answer), "beeld:plek" (somebody chose a place of the
   paper; detail: the spot; preventDefault says that it was taken care of); and may send
   "beeld:hier" (detail: {loc} or {regel}) to light up places, "beeld:anders" when something
   changed that is no field. */

const WAIT = 200; // ms without typing before a picture is asked for
const AGAIN = 400; // ms before asking once more what another page overtook
const NEAR = 24; // points from a box that still count as a click on it
const WINDOW = Math.random().toString(36).slice(2); // other windows do not overtake this one
const OLD = "Dit beeld is van voor uw laatste wijziging.";

/** Return the spot that is meant by a click at (x, y), fractions of `page`; null if there is none.
 *
 * The smallest box around the point; else the nearest in its line; else the nearest of all, if
 * that is near. `width` and `height` are those of the page, in points. */
export function spotAt(spots, page, x, y, width, height) {
  let best = null;
  let rank = [4, 0];
  for (const spot of spots) {
    if (spot.page !== page) continue;
    const dx = Math.max(spot.x - x, 0, x - spot.x - spot.w) * width;
    const dy = Math.max(spot.y - y, 0, y - spot.y - spot.h) * height;
    const far = Math.hypot(dx, dy);
    let now;
    if (far === 0) now = [1, spot.w * spot.h];
    else if (dy === 0) now = [2, dx];
    else if (far <= NEAR) now = [3, far];
    else continue;
    if (now[0] < rank[0] || (now[0] === rank[0] && now[1] < rank[1])) [best, rank] = [spot, now];
  }
  return best;
}

/** Return the control of `form` for `loc` ("agendapunten.0.titel"), of what that is a part of, or
 * else the first of its parts. */
export function controlOf(form, loc) {
  const steps = loc ? loc.split(".") : [];
  while (steps.length) {
    const found = form.querySelector(`[data-loc="${CSS.escape(steps.join("."))}"]`);
    if (found) return found;
    steps.pop();
  }
  return loc ? form.querySelector(`[data-loc^="${CSS.escape(loc)}."]`) : null;
}

/** Open what hides `control`, go to it and give it the focus. */
export function goTo(control) {
  for (let up = control.parentElement; up; up = up.parentElement) {
    if (up instanceof HTMLDetailsElement) up.open = true;
  }
  const inner = "input:not([type=hidden]), select, textarea, button, a[href]";
  const target = control.matches(`${inner}, [tabindex]`) ? control : control.querySelector(inner);
  (target || control).focus({ preventScroll: true });
  control.scrollIntoView({ block: "center", behavior: calm() ? "auto" : "smooth" });
}

function calm() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function make(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function count(number, one, more) {
  return `${number} ${number === 1 ? one : more}`;
}

class Paper {
  constructor(section) {
    this.section = section;
    this.form = document.getElementById(section.dataset.form || "") || null;
    this.part = (name) => section.querySelector(`[data-deel=${name}]`);
    this.number = 0; // of the newest change
    this.spots = [];
    this.pages = [];
    this.here = null; // what the places that light up are of
    this.asking = null;
    this.timer = 0;
    this.followed = section.dataset.bestand || "";
    this.following = Number(section.dataset.stand || 0); // of the files that are followed
    for (const one of section.querySelectorAll("[data-met-js]")) one.hidden = false;
    for (const one of section.querySelectorAll("[data-zonder-js]")) one.hidden = true;
    this.listen();
    this.changed(0);
    if (section.dataset.volg) this.follow();
  }

  get state() {
    return this.section.dataset.staat;
  }

  get old() {
    return this.followed ? "Dit beeld is van voor de laatste wijziging." : OLD;
  }

  get url() {
    const chosen = this.section.querySelector("[data-deel=soorten] input:checked");
    return chosen ? chosen.value : this.section.dataset.beeld;
  }

  get kind() {
    const chosen = this.section.querySelector("[data-deel=soorten] input:checked");
    return chosen ? chosen.dataset.naam : this.section.dataset.naam;
  }

  listen() {
    if (this.form) {
      for (const type of ["input", "change"]) {
        this.form.addEventListener(type, (event) => {
          if (!this.section.contains(event.target)) this.look();
        });
      }
      this.form.addEventListener("formulier:nieuw", () => this.changed(0));
      this.form.addEventListener("reset", () => setTimeout(() => this.changed()));
      this.form.addEventListener("focusin", (event) => this.showField(event.target));
      const watch = new MutationObserver(() => this.look());
      watch.observe(this.form, { childList: true, subtree: true });
    }
    addEventListener("pageshow", (event) => event.persisted && this.changed(0));
    this.section.addEventListener("beeld:hier", (event) => this.light(event.detail));
    this.section.addEventListener("beeld:anders", () => this.changed());
    this.section.addEventListener("change", (event) => {
      if (event.target.closest("[data-deel=soorten]")) {
        this.clear();
        this.changed(0);
      }
      if (event.target.closest("[data-deel=zoom]")) this.zoom(event.target.value);
    });
    this.part("bladen").addEventListener("click", (event) => this.click(event));
    this.part("plekken").addEventListener("click", (event) => {
      const link = event.target.closest("[data-plek]");
      if (!link) return;
      event.preventDefault();
      this.choose(this.spots[Number(link.dataset.plek)]);
    });
    this.part("problemen").addEventListener("click", (event) => {
      const link = event.target.closest("[data-probleem]");
      if (!link) return;
      event.preventDefault();
      const found = this.problems[Number(link.dataset.probleem)];
      this.choose({ loc: found.locpath, regel: found.regel, kolom: found.kolom, bestand: found.bestand });
    });
    this.part("opnieuw").addEventListener("click", () => this.changed(0));
  }

  /* --- what stands there, and what it becomes */

  fields() {
    if (!this.form) return "";
    const pairs = [...new FormData(this.form)].filter(([, value]) => typeof value === "string");
    return new URLSearchParams(pairs).toString();
  }

  /** Find out whether something was changed: leaving a field, for one, changes nothing. */
  look() {
    if (this.fields() !== this.stands) this.changed();
  }

  changed(wait = WAIT) {
    this.number += 1;
    this.stands = this.fields();
    if (this.asking) this.asking.abort();
    this.set("bezig", this.pages.length ? this.old : "Het beeld wordt gemaakt …");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), wait);
  }

  async ask() {
    const number = this.number;
    const fields = this.fields();
    this.asking = new AbortController();
    let answer;
    try {
      const body = new URLSearchParams(fields);
      body.set("volgnummer", String(number));
      body.set("venster", WINDOW);
      const reply = await fetch(this.url, { method: "POST", body, signal: this.asking.signal });
      if (!(reply.headers.get("content-type") || "").startsWith("application/json")) {
        throw new Error(`antwoord ${reply.status}`);
      }
      answer = await reply.json();
      if (answer.volgnummer !== number || number !== this.number) return;
      if (answer.staat === "ingehaald") {
        this.timer = setTimeout(() => number === this.number && this.ask(), AGAIN);
        return;
      }
      const fresh = answer.staat === "goed" ? await this.load(answer.paginas) : [];
      if (number !== this.number) return;
      if (fields !== this.fields()) {
        this.changed();
        return;
      }
      this.show(answer, fresh);
    } catch (error) {
      if (number === this.number && error.name !== "AbortError") this.lost();
    }
  }

  /** Return the pictures of `pages` once they can be painted; those that are there already stay. */
  load(pages) {
    const there = new Map(this.pages.map((one) => [one.image.dataset.url, one.image]));
    return Promise.all(
      pages.map(async ({ url, breedte, hoogte }) => {
        const known = there.get(url);
        there.delete(url);
        const image = known || new Image(Math.round(breedte), Math.round(hoogte));
        if (!known) {
          image.dataset.url = url;
          image.src = url;
          image.draggable = false;
          await image.decode();
        }
        return { image, width: breedte, height: hoogte };
      }),
    );
  }

  show(answer, fresh) {
    this.problems = answer.problemen;
    const errors = this.problems.filter((one) => one.ernst === "fout");
    this.list(errors.length > 0 || answer.staat !== "goed");
    this.section.dispatchEvent(new CustomEvent("beeld:antwoord", { detail: answer }));
    if (answer.staat !== "goed") {
      const told = count(errors.length, "fout", "fouten");
      this.set("fout", `${this.pages.length ? this.old : "Er is nog geen beeld."} Eerst moet dit goed: ${told}.`);
      this.say(told);
      return;
    }
    this.put(fresh);
    this.spots = answer.plekken.map(([page, x, y, w, h, loc, regel, kolom, bestand]) => (
      { page, x, y, w, h, loc, regel, kolom, bestand }));
    this.fillList();
    this.set("goed", this.followed ? "Dit is het beeld van het bestand zoals het nu is." : "Dit is het beeld van wat er nu staat.");
    this.say("Beeld bijgewerkt");
    this.light(this.here, false);
  }

  /** Put the pages in their place: nothing moves that stays the same. */
  put(fresh) {
    const sheets = this.part("bladen");
    while (sheets.children.length > fresh.length) sheets.lastElementChild.remove();
    fresh.forEach(({ image, width, height }, index) => {
      image.alt = `Bladzijde ${index + 1} van ${fresh.length}: ${this.kind}`;
      let sheet = sheets.children[index];
      if (!sheet) {
        sheet = make("li", { className: "beeld-blad" });
        sheets.append(sheet);
      }
      sheet.dataset.bladzijde = String(index);
      sheet.style.setProperty("--breedte", `${(width * 4) / 3}px`);
      sheet.style.setProperty("--verhouding", `${width} / ${height}`);
      const old = sheet.querySelector("img");
      if (!old) sheet.prepend(image);
      else if (old !== image) old.replaceWith(image);
    });
    this.pages = fresh;
  }

  /** Another paper was chosen: what is there is no older picture of it, but of something else. */
  clear() {
    this.pages = [];
    this.spots = [];
    this.part("bladen").replaceChildren();
    this.fillList();
  }

  lost() {
    const told = "Het beeld kon niet worden gemaakt. Staat het venster van lrtdocs nog open?";
    this.set("fout", `${this.pages.length ? `${this.old} ` : ""}${told}`);
    this.say(told);
    this.part("opnieuw").hidden = false;
  }

  set(state, told) {
    this.section.dataset.staat = state;
    this.section.setAttribute("aria-busy", String(state === "bezig"));
    this.part("staat").textContent = told;
    this.part("opnieuw").hidden = true;
  }

  say(told) {
    const live = this.part("stem");
    live.textContent = "";
    setTimeout(() => (live.textContent = told), 50);
  }

  /* --- what is wrong */

  list(open) {
    const box = this.part("problemen");
    const rows = this.problems.map((one, index) => {
      const row = make("li", { className: `probleem ${one.ernst}` });
      const level = `${one.ernst[0].toUpperCase()}${one.ernst.slice(1)}`;
      row.append(make("p", {}, make("strong", { className: "ernst", textContent: level }), one.tekst));
      const where = this.nameOf(one);
      if (where) {
        row.append(make("p", { className: "plek" }, this.link(where, "probleem", index, one.locpath)));
      }
      if (one.remedie) row.append(make("p", { textContent: `Doe dit: ${one.remedie}` }));
      return row;
    });
    box.hidden = rows.length === 0;
    box.open = open;
    box.querySelector("summary").textContent = summary(this.problems);
    box.querySelector("ul").replaceChildren(...rows);
  }

  /** Return how the place of a problem or spot is called: its field, or its line. */
  nameOf({ locpath, loc, regel, bestand }) {
    const control = this.form && controlOf(this.form, locpath || loc || "");
    if (control && !bestand) return labelOf(control);
    const file = bestand || (this.followed && this.followed.replace(/^.*[\\/]/, ""));
    if (file) return regel ? `${file}, regel ${regel}` : file;
    return regel ? `regel ${regel}` : "";
  }

  /** Tell where `spot` stands: in words, and of a file that is followed as an editor opens it. */
  point(spot) {
    const told = this.nameOf(spot);
    if (!told) return;
    const field = this.followed && spot.loc ? ` (${spot.loc})` : "";
    const pointer = this.part("wijzer");
    pointer.textContent = `Dit staat in ${told}${field}.`;
    this.say(pointer.textContent);
    if (!this.followed || spot.bestand || !spot.regel) return;
    const place = `${this.followed}:${spot.regel}`;
    const copy = make("button", { type: "button", textContent: "Kopieer de plek" });
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(place);
      this.say("De plek is gekopieerd.");
    });
    pointer.append(" ", make("code", { textContent: place }), " ", copy);
  }

  link(text, name, index, loc) {
    const control = this.form && controlOf(this.form, loc || "");
    const link = make("a", { textContent: text, href: control && control.id ? `#${control.id}` : "#beeld" });
    link.dataset[name] = String(index);
    return link;
  }

  /* --- paper → field */

  click(event) {
    const sheet = event.target.closest("[data-bladzijde]");
    if (!sheet || this.state === "bezig") return;
    const index = Number(sheet.dataset.bladzijde);
    const box = sheet.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const y = (event.clientY - box.top) / box.height;
    const { width, height } = this.pages[index];
    const spot = spotAt(this.spots, index, x, y, width, height);
    if (spot) this.choose(spot);
    else this.say("Op deze plek staat niets uit uw bestand.");
  }

  choose(spot) {
    const event = new CustomEvent("beeld:plek", { detail: spot, cancelable: true, bubbles: true });
    if (!this.section.dispatchEvent(event)) return;
    const control = this.form && !spot.bestand && controlOf(this.form, spot.loc);
    if (control) {
      goTo(control);
      this.light({ loc: control.dataset.loc }, false);
      return;
    }
    this.light(spot, false);
    this.point(spot);
  }

  fillList() {
    const rows = [];
    let last = "";
    this.spots.forEach((spot, index) => {
      const name = this.nameOf(spot);
      const key = `${spot.page} ${spot.loc} ${spot.bestand || ""}`;
      if (!name || key === last) return;
      last = key;
      rows.push(make("li", {}, this.link(`Bladzijde ${spot.page + 1}: ${name}`, "plek", index, spot.loc)));
    });
    this.part("plekken").querySelector("ul").replaceChildren(...rows);
    this.part("plekken").hidden = rows.length === 0;
  }

  /* --- field → paper */

  showField(target) {
    const control = target.closest && target.closest("[data-loc]");
    if (control && !this.section.contains(control)) this.light({ loc: control.dataset.loc });
  }

  /** Light up the places of `here`, and go there if `move` and they cannot be seen. */
  light(here, move = true) {
    this.here = here;
    this.part("wijzer").textContent = "";
    for (const one of this.section.querySelectorAll(".beeld-licht")) one.remove();
    if (!here) return;
    const found = this.spotsOf(here);
    for (const spot of found) {
      const sheet = this.part("bladen").children[spot.page];
      if (!sheet) continue;
      const box = make("span", { className: "beeld-licht" });
      box.dataset.loc = spot.loc;
      for (const [name, value] of [["left", spot.x], ["top", spot.y], ["width", spot.w], ["height", spot.h]]) {
        box.style.setProperty(name, `${value * 100}%`);
      }
      sheet.append(box);
    }
    if (move) this.bringIntoView();
  }

  spotsOf({ loc, regel, bestand }) {
    const own = this.spots.filter((spot) => (spot.bestand || "") === (bestand || ""));
    if (loc) {
      const exact = own.filter((spot) => spot.loc === loc);
      if (exact.length) return exact;
      const parts = own.filter((spot) => spot.loc.startsWith(`${loc}.`));
      return parts.length ? parts : own.filter((spot) => spot.loc && loc.startsWith(`${spot.loc}.`));
    }
    if (!regel || this.state !== "goed") return []; // lines of a text that is no longer this one
    const on = own.filter((spot) => spot.regel === regel);
    if (on.length) return on;
    // a text of several lines begins at the line of its key: the last that begins above
    const above = Math.max(0, ...own.map((spot) => spot.regel || 0).filter((line) => line < regel));
    return own.filter((spot) => spot.regel === above);
  }

  bringIntoView() {
    const first = this.section.querySelector(".beeld-licht");
    const roll = this.part("rol");
    if (!first) return;
    const box = first.getBoundingClientRect();
    const view = roll.getBoundingClientRect();
    if (box.top >= view.top && box.bottom <= view.bottom) return;
    roll.scrollTo({
      top: roll.scrollTop + box.top - view.top - view.height / 3,
      behavior: calm() ? "auto" : "smooth",
    });
  }

  zoom(value) {
    this.section.dataset.zoom = value;
    try {
      localStorage.setItem("beeld-zoom", value);
    } catch {
      /* a browser that keeps nothing */
    }
  }

  /* --- a file that is edited elsewhere */

  async follow() {
    try {
      const reply = await fetch(`${this.section.dataset.volg}?na=${this.following}`);
      const { stand } = await reply.json();
      if (stand !== this.following) {
        this.following = stand;
        this.changed(0);
      }
      this.follow();
    } catch {
      this.number += 1;
      this.following = -1; // whatever it is when lrtdocs is there again, it is another one
      this.lost();
      setTimeout(() => this.follow(), 2000);
    }
  }
}

function summary(problems) {
  const words = [["fout", "fout", "fouten"], ["waarschuwing", "waarschuwing", "waarschuwingen"], ["tip", "tip", "tips"]];
  return words
    .map(([level, one, more]) => [problems.filter((each) => each.ernst === level).length, one, more])
    .filter(([number]) => number)
    .map(([number, one, more]) => count(number, one, more))
    .join(", ");
}

function labelOf(control) {
  const label = (control.labels && control.labels[0]) || control.querySelector("legend, label, summary");
  const text = (label && label.textContent) || control.getAttribute("aria-label") || control.dataset.loc;
  return text.replace(/\s+/g, " ").trim();
}

for (const section of document.querySelectorAll("section[data-beeld]")) {
  let zoom = null;
  try {
    zoom = localStorage.getItem("beeld-zoom");
  } catch {
    /* a browser that keeps nothing */
  }
  const input = zoom && section.querySelector(`[data-deel=zoom] input[value="${CSS.escape(zoom)}"]`);
  if (input) {
    input.checked = true;
    section.dataset.zoom = zoom;
  }
  section.paper = new Paper(section);
}
