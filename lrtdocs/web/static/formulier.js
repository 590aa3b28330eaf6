// The form of a file. Every button is a submit of the form; here the answer comes in its place, so
// that nothing on the page is lost: not the scroll, not a fold that is open, not the paper beside it.

const form = document.getElementById("formulier");
let dirty = form.dataset.gewijzigd === "ja";
let leaving = false;

const says = (text) => {
  const line = form.querySelector("[data-gezegd]");
  line.textContent = "";
  requestAnimationFrame(() => { line.textContent = text; });
};

const mark = () => {
  dirty = true;
  form.querySelector("[data-stand]").textContent = "Er zijn wijzigingen die u nog niet hebt opgeslagen.";
};

// Which number the items of a list have after one of them was put in, moved or taken out.
const moved = (asked) => {
  const [what, name, index] = asked.split(":");
  const cut = what === "erbij" ? name : name.slice(0, name.lastIndexOf("."));
  const at = what === "erbij" ? Number(index) : Number(name.slice(cut.length + 1));
  const prefix = `veld-${cut.replaceAll(".", "-")}-`;
  return (id) => {
    const found = id.startsWith(prefix) && /^(\d+)(-.*)$/.exec(id.slice(prefix.length));
    if (!found) return id;
    let number = Number(found[1]);
    if (what === "erbij" && number >= at) number += 1;
    else if (what === "weg" && number === at) return "";
    else if (what === "weg" && number > at) number -= 1;
    else if (what === "op" && at > 0 && (number === at || number === at - 1)) number = number === at ? at - 1 : at;
    else if (what === "neer" && (number === at || number === at + 1)) number = number === at ? at + 1 : at;
    return prefix + number + found[2];
  };
};

const take = (made, asked) => {
  const next = asked.includes(":") ? moved(asked) : (id) => id;
  const open = [...form.querySelectorAll("details[open]")].map((one) => next(one.id));
  form.replaceChildren(...made.childNodes);
  form.dataset.gewijzigd = made.dataset.gewijzigd;
  for (const id of open) {
    const fold = id && document.getElementById(id);
    if (fold) fold.open = true;
  }
  dirty = form.dataset.gewijzigd === "ja";
  fit();
  const line = form.querySelector("[data-gezegd]");
  if (line.textContent) says(line.textContent);
  const focus = form.querySelector("[autofocus]");
  if (focus) {
    for (let fold = focus.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    focus.focus({ preventScroll: focus.id === "problemen" });
    if (focus.id === "problemen") focus.scrollIntoView({ block: "start" });
  }
  form.dispatchEvent(new CustomEvent("formulier:nieuw", { bubbles: true }));
};

let busy = false;

const send = async (button) => {
  if (busy) return;
  const asked = (button && button.value) || "opslaan";
  if (button && button.getAttribute("aria-disabled") === "true") {
    says("Verder kan niet.");
    return;
  }
  busy = true;
  form.setAttribute("aria-busy", "true");
  const data = new FormData(form);
  data.set("doe", asked);
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data), headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const made = page.getElementById("formulier");
    if (!made) {
      leaving = true;
      document.title = page.title;
      document.querySelector("main").replaceWith(page.querySelector("main"));
      document.querySelector("main").focus();
      scrollTo(0, 0);
      return;
    }
    const told = page.querySelector(".melding[role=status] > p");
    take(made, asked);
    if (told) says(told.textContent);
    const title = page.querySelector("h1");
    document.querySelector("h1").textContent = title.textContent;
    document.title = page.title;
  } catch {
    says("Dit is niet gelukt: lrtdocs geeft geen antwoord. Wat u hebt getypt, staat hier nog. Start lrtdocs web opnieuw en bewaar dan.");
  } finally {
    busy = false;
    form.removeAttribute("aria-busy");
  }
};

form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (button && button.formTarget === "_blank") return;
  event.preventDefault();
  send(button);
});

// A text area is as high as what is in it, where the browser does not do that by itself.
const fit = () => {
  if (CSS.supports("field-sizing", "content")) return;
  for (const area of form.querySelectorAll("textarea")) grow(area);
};
const grow = (area) => {
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, 480)}px`;
};

form.addEventListener("input", () => { if (!dirty) mark(); });

// A link to a field that is behind a fold opens that.
document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"]');
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field || !form.contains(field)) return;
  event.preventDefault();
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  field.focus();
  field.scrollIntoView({ block: "center" });
});

addEventListener("beforeunload", (event) => {
  if (dirty && !leaving) event.preventDefault();
});
