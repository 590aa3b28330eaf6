"""What can go wrong between a Word document and its PDF: one class per mistake.

Every message is Dutch, names the program or the document, and ends in what to do. All of
them end the process with `ExitCode.OFFICE`, and all survive pickling.
"""

from __future__ import annotations

from lrtdocs.errors import ExitCode, LrtdocsError


class OfficeError(LrtdocsError):
    """Base of everything that stops a PDF from being made."""

    exit_code = ExitCode.OFFICE


class OfficeMissingError(OfficeError):
    """There is no LibreOffice on this machine; `install` is the line that puts it there."""

    def __init__(self, install: str) -> None:
        super().__init__(install)
        self.install = install

    def __str__(self) -> str:
        return (
            "LibreOffice is niet gevonden; zonder LibreOffice is er geen PDF te maken.\n"
            f"    doe dit: {self.install}"
        )


class OfficeSettingError(OfficeError):
    """The environment variable `setting` names a program that is not there."""

    def __init__(self, setting: str, path: str) -> None:
        super().__init__(setting, path)
        self.setting, self.path = setting, path

    def __str__(self) -> str:
        return (
            f"{self.setting} wijst naar '{self.path}', maar daar staat geen programma.\n"
            f"    doe dit: verbeter {self.setting} of haal die instelling weg"
        )


class OfficeUnusableError(OfficeError):
    """The program at `path` does not say which LibreOffice it is; `said` is what it did say."""

    def __init__(self, path: str, said: str) -> None:
        super().__init__(path, said)
        self.path, self.said = path, said

    def __str__(self) -> str:
        return (
            f"'{self.path}' start niet als LibreOffice ({self.said or 'het zei niets'}).\n"
            f"    doe dit: probeer '{self.path} --version'; installeer LibreOffice zo nodig opnieuw"
        )


class OfficeTooOldError(OfficeError):
    """The LibreOffice at `path` is older than the oldest that is safe to run."""

    def __init__(self, path: str, version: str, oldest: str) -> None:
        super().__init__(path, version, oldest)
        self.path, self.version, self.oldest = path, version, oldest

    def __str__(self) -> str:
        return (
            f"LibreOffice {self.version} ('{self.path}') is te oud om veilig te gebruiken.\n"
            f"    doe dit: installeer LibreOffice 25.2 of nieuwer (ten minste {self.oldest})"
        )


class ConversionError(OfficeError):
    """Base of what goes wrong with one document; `document` is its name for the user."""

    def __init__(self, document: str, *rest: object) -> None:
        super().__init__(document, *rest)
        self.document = document


class ConversionStartError(ConversionError):
    """The conversion could not begin; `reason` is the system's, `folder` where it would work."""

    def __init__(self, document: str, reason: str, folder: str) -> None:
        super().__init__(document, reason, folder)
        self.reason, self.folder = reason, folder

    def __str__(self) -> str:
        return (
            f"{self.document}: het omzetten naar PDF kon niet beginnen ({self.reason}).\n"
            f"    doe dit: kijk of er in de tijdelijke map '{self.folder}' ruimte is en of u daar "
            "mag schrijven, en of LibreOffice er nog staat"
        )


class ConversionTimeoutError(ConversionError):
    """LibreOffice did not finish in time and was stopped."""

    def __init__(self, document: str, seconds: float, setting: str) -> None:
        super().__init__(document, seconds, setting)
        self.seconds, self.setting = seconds, setting

    def __str__(self) -> str:
        return (
            f"{self.document}: LibreOffice was na {self.seconds:g} seconden nog bezig "
            "en is gestopt.\n"
            "    doe dit: open het Word-bestand om te zien of het heel is; is de computer "
            f"traag, geef dan meer tijd met {self.setting} (in seconden)"
        )


class ConversionCrashedError(ConversionError):
    """LibreOffice stopped with an exit code other than 0; `said` is the end of its output."""

    def __init__(self, document: str, code: int, said: str) -> None:
        super().__init__(document, code, said)
        self.code, self.said = code, said

    def __str__(self) -> str:
        said = f": {self.said}" if self.said else ""
        return (
            f"{self.document}: LibreOffice is afgebroken (code {self.code}){said}\n"
            "    doe dit: open het Word-bestand om te zien of het heel is, en maak de PDF "
            "daarna opnieuw"
        )


class ConversionEmptyError(ConversionError):
    """LibreOffice said all was well and wrote no PDF; `said` is the end of its output."""

    def __init__(self, document: str, said: str) -> None:
        super().__init__(document, said)
        self.said = said

    def __str__(self) -> str:
        said = f" Het meldde: {self.said}" if self.said else ""
        return (
            f"{self.document}: LibreOffice heeft geen PDF geschreven.{said}\n"
            "    doe dit: kijk of de schijf vol is en of het bestand in Word opent"
        )


class ConversionBrokenError(ConversionError):
    """What LibreOffice wrote is not a whole PDF; `reason` tells why."""

    def __init__(self, document: str, reason: str) -> None:
        super().__init__(document, reason)
        self.reason = reason

    def __str__(self) -> str:
        return (
            f"{self.document}: de PDF van LibreOffice is niet heel ({self.reason}).\n"
            "    doe dit: kijk of de schijf vol is en maak de PDF opnieuw"
        )


class ConversionStrangeError(ConversionError):
    """LibreOffice wrote a PDF in which the text of the document is not to be found."""

    def __init__(self, document: str) -> None:
        super().__init__(document)

    def __str__(self) -> str:
        return (
            f"{self.document}: in de PDF van LibreOffice staat niet de tekst van deze brief.\n"
            "    doe dit: open het Word-bestand om te zien of het heel is, en maak de PDF "
            "daarna opnieuw"
        )
