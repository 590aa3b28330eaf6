/* Templates: pages that are fetched when they are there, problems and their marks, a file dropped. */

async function haal(rol) {
  const bezig = rol.querySelector("[data-deel=bezig]")
  const stem = rol.closest(".sj-beeld").querySelector("[data-deel=stem]")
  if (bezig) bezig.hidden = false
  rol.setAttribute("aria-busy", "true")
  stem.textContent = "De bladzijden worden gemaakt."
  try {
    const antwoord = await fetch(rol.dataset.haal, { headers: { accept: "text/html" } })
    if (!antwoord.ok) throw new Error(antwoord.status)
    const inhoud = new DOMParser().parseFromString(await antwoord.text(), "text/html").body
    rol.replaceChildren(...inhoud.childNodes)
    toonNaar(rol)
    const eerste = rol.querySelector(".sj-merk")
    if (eerste) rol.scrollTop = eerste.getBoundingClientRect().top - rol.getBoundingClientRect().top - rol.clientHeight / 3
    const bladen = rol.querySelectorAll(".sj-blad").length
    stem.textContent = bladen ? `${bladen} ${bladen === 1 ? "bladzijde" : "bladzijden"} getoond.` : "Er is geen beeld."
  } catch {
    const tekst = document.createElement("p")
    tekst.textContent = "De bladzijden zijn niet gemaakt. "
    const knop = document.createElement("button")
    knop.type = "button"
    knop.textContent = "Probeer opnieuw"
    knop.addEventListener("click", () => haal(rol))
    tekst.append(knop)
    rol.replaceChildren(tekst)
    stem.textContent = "De bladzijden zijn niet gemaakt."
  }
  rol.removeAttribute("aria-busy")
}

function toonNaar(rol) {
  if (!rol.querySelector(".met-merken")) return
  for (const probleem of document.querySelectorAll(".sj-lijst > [data-nummer]")) {
    const geplaatst = document.getElementById(`plek-${probleem.dataset.nummer}`) !== null
    probleem.querySelector(".sj-naar").hidden = !geplaatst
    const geen = probleem.querySelector(".sj-geen")
    if (geen) geen.hidden = geplaatst
  }
}

function kies(nummer) {
  for (const een of document.querySelectorAll(".gekozen")) een.classList.remove("gekozen")
  for (const een of document.querySelectorAll(`[data-nummer="${nummer}"]`)) een.classList.add("gekozen")
}

document.addEventListener("click", (gebeurtenis) => {
  const merk = gebeurtenis.target.closest(".sj-merk, .sj-naar")
  if (!merk) return
  const doel = document.getElementById(merk.getAttribute("href").slice(1))
  if (!doel) return
  gebeurtenis.preventDefault()
  const regel = merk.closest("[data-nummer]")
  kies(regel.dataset.nummer)
  doel.focus({ preventScroll: true })
  doel.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" })
})

for (const rol of document.querySelectorAll("[data-haal]")) haal(rol)

for (const vak of document.querySelectorAll("[data-neerzetten]")) {
  const veld = vak.querySelector("input[type=file]")
  vak.addEventListener("dragover", (gebeurtenis) => {
    gebeurtenis.preventDefault()
    vak.classList.add("erboven")
  })
  vak.addEventListener("dragleave", () => vak.classList.remove("erboven"))
  vak.addEventListener("drop", (gebeurtenis) => {
    gebeurtenis.preventDefault()
    vak.classList.remove("erboven")
    if (!gebeurtenis.dataTransfer.files.length) return
    veld.files = gebeurtenis.dataTransfer.files
    vak.requestSubmit()
  })
}
