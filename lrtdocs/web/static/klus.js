// Follows a job: renews its bar and its line, and the page once it has ended.
const EVERY = 700, SLOWER = 4000, SAY_EVERY = 12000;
const GONE = "Ik kan lrtdocs niet bereiken. Draait het programma nog?";

function follow(part) {
  const bar = part.querySelector("progress"), line = part.querySelector(".klus-regel");
  const said = part.querySelector("[role=status]"), stop = part.querySelector("button");
  let last = 0;
  part.classList.add("klus-volgt");

  function show(job) {
    if (job.totaal) {
      bar.max = job.totaal;
      bar.value = job.gedaan;
    } else {
      bar.removeAttribute("value");
    }
    line.textContent = job.regel;
    stop.disabled = job.stopt;
    if (Date.now() - last > SAY_EVERY) {
      last = Date.now();
      said.textContent = job.regel;
    }
  }

  async function look() {
    let wait = EVERY;
    try {
      const answer = await fetch(part.dataset.klus, {headers: {accept: "application/json"}});
      if (answer.status === 404) return end();
      if (!answer.ok) throw new Error(answer.status);
      const job = await answer.json();
      if (!job.actief) return end();
      show(job);
    } catch {
      line.textContent = said.textContent = GONE;
      wait = SLOWER;
    }
    setTimeout(look, wait);
  }

  function end() {
    history.replaceState(null, "", "#uitkomst");
    location.reload();
  }

  look();
}

for (const part of document.querySelectorAll("[data-klus]")) follow(part);

const outcome = location.hash === "#uitkomst" && document.getElementById("uitkomst");
if (outcome) outcome.focus();
