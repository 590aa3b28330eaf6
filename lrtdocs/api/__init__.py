"""The use cases, one function each: what the commands, the local page and Python callers share.

A call gathers problems and goes on with the next file; it raises only for what no single file is
to blame for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtdocs.lazy import find_name

if TYPE_CHECKING:
    from lrtdocs.api.adopting import adopt as adopt
    from lrtdocs.api.bundling import archive as archive
    from lrtdocs.api.bundling import bundle_papers as bundle_papers
    from lrtdocs.api.checking import check as check
    from lrtdocs.api.checking import check_files as check_files
    from lrtdocs.api.checking import problems_in as problems_in
    from lrtdocs.api.comparing import compare as compare
    from lrtdocs.api.comparing import compare_templates as compare_templates
    from lrtdocs.api.documents import convert as convert
    from lrtdocs.api.documents import convert_to_html as convert_to_html
    from lrtdocs.api.documents import fill_file as fill_file
    from lrtdocs.api.documents import make_documents as make_documents
    from lrtdocs.api.documents import make_pages as make_pages
    from lrtdocs.api.documents import make_pdfs as make_pdfs
    from lrtdocs.api.documents import render_one as render_one
    from lrtdocs.api.editing import ChangedOutsideError as ChangedOutsideError
    from lrtdocs.api.editing import Done as Done
    from lrtdocs.api.editing import Line as Line
    from lrtdocs.api.editing import NotTakenError as NotTakenError
    from lrtdocs.api.editing import Opened as Opened
    from lrtdocs.api.editing import Sheet as Sheet
    from lrtdocs.api.editing import Shown as Shown
    from lrtdocs.api.editing import add_item as add_item
    from lrtdocs.api.editing import compare_lines as compare_lines
    from lrtdocs.api.editing import fill_in as fill_in
    from lrtdocs.api.editing import form_of as form_of
    from lrtdocs.api.editing import loc_in as loc_in
    from lrtdocs.api.editing import loc_of as loc_of
    from lrtdocs.api.editing import move_item as move_item
    from lrtdocs.api.editing import open_text as open_text
    from lrtdocs.api.editing import place_in_form as place_in_form
    from lrtdocs.api.editing import read_sheet as read_sheet
    from lrtdocs.api.editing import remove_item as remove_item
    from lrtdocs.api.editing import save_text as save_text
    from lrtdocs.api.editing import text_with as text_with
    from lrtdocs.api.folder import find_files as find_files
    from lrtdocs.api.folder import list_file as list_file
    from lrtdocs.api.folder import list_folder as list_folder
    from lrtdocs.api.folder import list_papers as list_papers
    from lrtdocs.api.following import follow as follow
    from lrtdocs.api.inviting import invite as invite
    from lrtdocs.api.letters import Report as Report
    from lrtdocs.api.letters import make_letter as make_letter
    from lrtdocs.api.letters import make_letters as make_letters
    from lrtdocs.api.letters import render_many as render_many
    from lrtdocs.api.lists import list_actions as list_actions
    from lrtdocs.api.lists import list_decisions as list_decisions
    from lrtdocs.api.mailing import Became as Became
    from lrtdocs.api.mailing import Check as Check
    from lrtdocs.api.mailing import CheckedRow as CheckedRow
    from lrtdocs.api.mailing import Glance as Glance
    from lrtdocs.api.mailing import LetterRow as LetterRow
    from lrtdocs.api.mailing import Looks as Looks
    from lrtdocs.api.mailing import ProofLetter as ProofLetter
    from lrtdocs.api.mailing import Proofs as Proofs
    from lrtdocs.api.mailing import Results as Results
    from lrtdocs.api.mailing import approve as approve
    from lrtdocs.api.mailing import check_mailing as check_mailing
    from lrtdocs.api.mailing import choose_proof as choose_proof
    from lrtdocs.api.mailing import list_results as list_results
    from lrtdocs.api.mailing import look_at_mailing as look_at_mailing
    from lrtdocs.api.mailing import place_list as place_list
    from lrtdocs.api.mailing import zip_folder as zip_folder
    from lrtdocs.api.publishing import Answer as Answer
    from lrtdocs.api.publishing import Decided as Decided
    from lrtdocs.api.publishing import Decision as Decision
    from lrtdocs.api.publishing import LeftOut as LeftOut
    from lrtdocs.api.publishing import PublishOptions as PublishOptions
    from lrtdocs.api.publishing import Review as Review
    from lrtdocs.api.publishing import Suggestion as Suggestion
    from lrtdocs.api.publishing import allow_words as allow_words
    from lrtdocs.api.publishing import decide as decide
    from lrtdocs.api.publishing import prove_copy as prove_copy
    from lrtdocs.api.publishing import publish as publish
    from lrtdocs.api.publishing import review as review
    from lrtdocs.api.returning import bring_back as bring_back
    from lrtdocs.api.returning import can_take_over as can_take_over
    from lrtdocs.api.sending import list_letters as list_letters
    from lrtdocs.api.sending import make_mails as make_mails
    from lrtdocs.api.sending import mark_sent as mark_sent
    from lrtdocs.api.showing import Overtaken as Overtaken
    from lrtdocs.api.showing import PagePicture as PagePicture
    from lrtdocs.api.showing import Sight as Sight
    from lrtdocs.api.showing import Spot as Spot
    from lrtdocs.api.showing import Viewer as Viewer
    from lrtdocs.api.showing import nearest_spot as nearest_spot
    from lrtdocs.api.starting import schema_text as schema_text
    from lrtdocs.api.starting import start_file as start_file
    from lrtdocs.api.starting import start_in as start_in
    from lrtdocs.api.starting import start_meeting as start_meeting
    from lrtdocs.api.starting import write_schema as write_schema
    from lrtdocs.api.tables import TableOutcome as TableOutcome
    from lrtdocs.api.tables import compare_gemeenten as compare_gemeenten
    from lrtdocs.api.tables import divide_total as divide_total
    from lrtdocs.api.tables import list_gemeenten as list_gemeenten
    from lrtdocs.api.template import Template as Template
    from lrtdocs.api.template import TemplateWarning as TemplateWarning
    from lrtdocs.api.template import compile as compile  # noqa: A004 - as in `re`
    from lrtdocs.api.template import fill as fill
    from lrtdocs.api.templates import ProblemSpot as ProblemSpot
    from lrtdocs.api.templates import TemplateOutcome as TemplateOutcome
    from lrtdocs.api.templates import Tried as Tried
    from lrtdocs.api.templates import check_template as check_template
    from lrtdocs.api.templates import convert_merge as convert_merge
    from lrtdocs.api.templates import copy_template as copy_template
    from lrtdocs.api.templates import link_offered as link_offered
    from lrtdocs.api.templates import list_templates as list_templates
    from lrtdocs.api.templates import list_words as list_words
    from lrtdocs.api.templates import mark_offered as mark_offered
    from lrtdocs.api.templates import offer_template as offer_template
    from lrtdocs.api.templates import place_problems as place_problems
    from lrtdocs.api.templates import put_in_force as put_in_force
    from lrtdocs.api.templates import put_template_back as put_template_back
    from lrtdocs.api.templates import show_example as show_example
    from lrtdocs.api.templates import try_template as try_template
    from lrtdocs.clock import today as today
    from lrtdocs.run.documents.report import WRAPPING_UP as WRAPPING_UP
    from lrtdocs.run.documents.report import ComparisonOutcome as ComparisonOutcome
    from lrtdocs.run.documents.report import LettersOptions as LettersOptions
    from lrtdocs.run.documents.report import Options as Options
    from lrtdocs.run.documents.report import Outcome as Outcome
    from lrtdocs.run.documents.report import ReturnOutcome as ReturnOutcome
    from lrtdocs.run.folder.watching import watch_files as watch_files
    from lrtdocs.run.load.model import kind_of_file as kind_of_file
    from lrtdocs.run.showing.viewer import MOST_PAGES as MOST_PAGES
    from lrtdocs.run.templates.example import Sample as Sample
    from lrtdocs.run.templates.offering import Offered as Offered
    from lrtdocs.run.templates.offering import called as called
    from lrtdocs.run.templates.offering import names_for as names_for
    from lrtdocs.run.templates.offering import papers_with as papers_with
    from lrtdocs.run.templates.offering import tell_progress as tell_progress
    from lrtdocs.run.templates.putting import EarlierTemplate as EarlierTemplate
    from lrtdocs.run.templates.putting import digest_in_force as digest_in_force
    from lrtdocs.run.templates.putting import list_earlier as list_earlier
    from lrtdocs.shipped import is_shipped as is_shipped


def __getattr__(name: str) -> object:
    return find_name(__name__, name)
