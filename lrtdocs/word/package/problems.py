"""What can be wrong with a Word template or a foreign package: one table of codes.

LRT3xx is about the template or the document made with it, LRT5xx about the file as a package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.errors import Place, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES: Mapping[str, str] = {
    "LRT301": "een tag is niet afgesloten",
    "LRT302": "een tag is niet goed geschreven",
    "LRT303": "het begin of einde van een blok ontbreekt",
    "LRT304": "naast een tag die de alinea, rij of cel vervangt staat nog inhoud",
    "LRT305": "begin en einde van een blok staan niet op dezelfde soort plaats",
    "LRT306": "een tag staat op een plaats waar hij niet kan werken",
    "LRT307": "een filter of toets bestaat niet",
    "LRT308": "een tag doet iets wat niet is toegestaan",
    "LRT309": "een woord is niet bekend",
    "LRT310": "een woord of onderdeel ontbreekt in de gegevens",
    "LRT311": "een tag kan niet worden uitgerekend",
    "LRT312": "het sjabloon vraagt te veel werk",
    "LRT313": "een waarde bevat een teken dat niet in een document kan",
    "LRT314": "een waarde past niet op deze plaats",
    "LRT317": "bijgehouden wijzigingen zijn geaccepteerd",
    "LRT320": "het gevulde document zou beschadigd zijn",
    "LRT321": "een afbeelding kan niet worden geplaatst",
    "LRT322": "een tekstvak, afbeelding of pagina-einde staat naast een tag",
    "LRT323": "opmerkingen van het sjabloon komen niet in de documenten",
    "LRT324": "in een tag staat iets wat geen tekst is",
    "LRT330": "de accolades van een tag kloppen niet",
    "LRT331": "de opdracht zit vast aan de letter p, tr, tc of r",
    "LRT332": "Word heeft een teken in een tag vervangen",
    "LRT333": "een samenvoegveld van Word wordt niet ingevuld",
    "LRT334": "een plaatshouder tussen haken is geen tag",
    "LRT335": "een woord kan leeg zijn, en daar is niet op gerekend",
    "LRT336": "een woord waar het document niet zonder kan, wordt niet gebruikt",
    "LRT337": "een woord wordt gebruikt als iets wat het niet is",
    "LRT338": "een bijgehouden wijziging raakt een tag",
    "LRT339": "in het sjabloon staat nog een opmerking",
    "LRT340": "een lettertype hoort niet bij de huisstijl",
    "LRT341": "een lettergrootte hoort niet bij de huisstijl",
    "LRT342": "een kleur hoort niet bij de huisstijl",
    "LRT343": "papier of marges horen niet bij de huisstijl",
    "LRT344": "opmaak staat los in de tekst in plaats van in een stijl",
    "LRT345": "een stijl hoort niet bij de huisstijl",
    "LRT346": "een stijl van de huisstijl is veranderd",
    "LRT347": "een afbeelding heeft geen alternatieve tekst",
    "LRT348": "de volgorde van de koppen klopt niet",
    "LRT349": "een tabel heeft geen kopregel",
    "LRT350": "de taal is niet Nederlands",
    "LRT351": "het document heeft geen titel",
    "LRT352": "een lege alinea dient als witruimte",
    "LRT353": "een linktekst zegt niet waar de link heen gaat",
    "LRT354": "een tekstvak is voor een schermlezer niet te lezen",
    "LRT355": "tekst staat in de stijl van losse tags",
    "LRT501": "het bestand is geen Word-document",
    "LRT502": "het bestand heeft een wachtwoord of is een oud .doc-bestand",
    "LRT503": "het bestand is een ander soort document",
    "LRT504": "het bestand is beschadigd",
    "LRT505": "het bestand is te groot",
    "LRT506": "het bestand bevat een onderdeel met een verboden naam",
    "LRT507": "onderdelen van het bestand overlappen elkaar",
    "LRT508": "het bestand bevat een DOCTYPE",
    "LRT509": "een onderdeel is geen geldige XML",
    "LRT510": "het bestand bevat macro's of ingesloten programma's",
    "LRT511": "het bestand haalt iets van buiten op",
    "LRT512": "het bestand bevat een veld dat iets van buiten ophaalt",
    "LRT513": "het bestand bevat een ingevoegd document, samenvoeging of frame",
    "LRT514": "het bestand is te diep genest of te ingewikkeld",
    "LRT515": "een onderdeel van het bestand ontbreekt",
    "LRT516": "een koppeling met een ander sjabloon is weggelaten",
}

_FOUND_LIMIT = 200


def template_problem(
    code: str,
    place: Place,
    message: str,
    *,
    found: str = "",
    expected: str = "",
    remedy: str = "",
    severity: Severity = Severity.ERROR,
) -> Problem:
    """Return a problem with a `code` that stands in `CODES`."""
    if code not in CODES:
        raise KeyError(code)
    found = found if len(found) <= _FOUND_LIMIT else found[:_FOUND_LIMIT] + " …"
    return Problem(code, place, message, expected, found, remedy, severity)


def template_remark(
    code: str,
    place: Place,
    message: str,
    remedy: str,
    severity: Severity = Severity.WARNING,
    *,
    found: str = "",
) -> Problem:
    """Return a problem that keeps no document back: a warning, or a tip."""
    return template_problem(code, place, message, found=found, remedy=remedy, severity=severity)


class WordValueError(Exception):
    """A value cannot be printed where the template wants it; becomes a Problem with a place."""

    def __init__(self, message: str, remedy: str = "", code: str = "LRT314") -> None:
        super().__init__(message, remedy, code)
        self.message, self.remedy, self.code = message, remedy, code

    def __str__(self) -> str:
        return self.message
