"""The pages for people and the data beside them: values in, text out, no knowledge of files or requests.

``build_site`` reads documents once; every page is a function of what it gives. A folder of files and a server show the
very same pages.
"""

from compgraph.pages.addresses import Addresses, href, is_ours
from compgraph.pages.assets import live_script_text, script_text, style_text
from compgraph.pages.catalogue import Catalogue
from compgraph.pages.comparing import comparison_paths
from compgraph.pages.data import FORMATS, Format, data_text, described, formats
from compgraph.pages.fixed import (
    compare_page,
    comparison_page,
    home_page,
    question_page,
    questions_page,
    search_index,
)
from compgraph.pages.forms import Field, Form, pair_fields, question_fields
from compgraph.pages.frames import LIVE_POLICY, POLICY
from compgraph.pages.live import Excerpt, explain_page, problem_page, search_page, sparql_page, validate_page
from compgraph.pages.site import Dump, Site, build_site
from compgraph.pages.terms_page import ontology_page
from compgraph.pages.things import thing_page

__all__ = [
    "FORMATS",
    "LIVE_POLICY",
    "POLICY",
    "Addresses",
    "Catalogue",
    "Dump",
    "Excerpt",
    "Field",
    "Form",
    "Format",
    "Site",
    "build_site",
    "compare_page",
    "comparison_page",
    "comparison_paths",
    "data_text",
    "described",
    "explain_page",
    "formats",
    "home_page",
    "href",
    "is_ours",
    "live_script_text",
    "ontology_page",
    "pair_fields",
    "problem_page",
    "question_fields",
    "question_page",
    "questions_page",
    "script_text",
    "search_index",
    "search_page",
    "sparql_page",
    "style_text",
    "thing_page",
    "validate_page",
]
