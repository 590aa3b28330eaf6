// The pages of a mailing: a file can be dropped, a place on a proof leads to its field, and what
// went wrong gets the focus.
const NONE = "Dit is geen bestand. Sleep een lijst (.xlsx of .csv) hierheen.";

for (const hint of document.querySelectorAll("[data-vak] [data-met-js]")) hint.hidden = false;

function name(part) {
  const [file] = part.querySelector("input[type=file]").files;
  part.querySelector("[data-naam]").textContent = file ? `Gekozen: ${file.name}` : "";
}

function mark(part, on) {
  part.classList.toggle("boven-vak", on);
}

for (const part of document.querySelectorAll("[data-vak]")) {
  const input = part.querySelector("input[type=file]");
  input.addEventListener("change", () => name(part));
  part.addEventListener("dragover", (event) => {
    event.preventDefault();
    mark(part, true);
  });
  part.addEventListener("dragleave", () => mark(part, false));
  part.addEventListener("drop", (event) => {
    event.preventDefault();
    mark(part, false);
    if (!event.dataTransfer.files.length) {
      part.querySelector("[data-naam]").textContent = NONE;
      return;
    }
    input.files = event.dataTransfer.files;
    name(part);
  });
}

// A place on the paper leads to its field; what comes from the list is told by the paper itself.
for (const part of document.querySelectorAll("[data-gegevens]")) {
  part.addEventListener("beeld:plek", (event) => {
    const { loc, bestand } = event.detail;
    if (!loc || bestand) return;
    event.preventDefault();
    location.assign(`${part.dataset.gegevens}#veld-${loc.replaceAll(".", "-")}`);
  });
}

const wrong = document.querySelector("[data-focus]");
if (wrong) wrong.focus();
