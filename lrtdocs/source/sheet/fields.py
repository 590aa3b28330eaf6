"""The columns of a list of addresses: what each is called, and by which other headings it goes."""

from __future__ import annotations

_SYNONYMS: dict[str, str] = {
    "code": "gemeentecode, gemeente_code, cbs_code, cbscode, code_cbs, gm_code, gmcode, "
    "code_gemeente, regiocode",
    "naam": "gemeente, gemeentenaam, gemeente_naam, naam_gemeente, naam_van_de_gemeente, "
    "geadresseerde, ontvanger, volledige_naam, naam_ontvanger",
    "organisatie": "organisatienaam, naam_organisatie, bedrijf, bedrijfsnaam, instelling",
    "afdeling": "directie, onderdeel, afdelingsnaam",
    "ter_attentie_van": "t_a_v, tav, ter_attentie, t_a_v_naam, attentie, contactpersoon",
    "adres": "postbus, postadres, adresregel, adresregel_1, adresregel1, adres_1, adres1, straat, "
    "straatnaam, straat_en_huisnummer, straat_huisnummer, correspondentieadres, postbusnummer",
    "adres_2": "adresregel_2, adresregel2, adres2",
    "huisnummer": "huisnr, huis_nr, huisnummer_1",
    "toevoeging": "huisnummertoevoeging, huisnummer_toevoeging, toev",
    "postcode": "post_code, postcode_postbus, postcode_postadres, pc, postcode_en_letters",
    "plaats": "woonplaats, plaatsnaam, stad, vestigingsplaats, plaats_postbus, plaats_postadres",
    "land": "landnaam",
    "aanhef": "briefaanhef",
    "uw_referentie": "uw_kenmerk, uw_ref",
    "email": "e_mail, mail, e_mailadres, emailadres, mailadres, e_mail_adres, email_adres",
}

WORDS = {
    word: field for field, synonyms in _SYNONYMS.items() for word in (field, *synonyms.split(", "))
}
"""The name of a field by each heading it goes by."""
FIELDS = tuple(_SYNONYMS)
