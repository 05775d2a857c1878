"""The pages for people and the data beside them: values in, text out, no knowledge of files or requests.

``build_site`` reads documents once; every page is a function of what it gives. A folder of files and a server show the
very same pages.
"""

from compgraph.pages.addresses import Addresses, href, is_ours
from compgraph.pages.answers import question_page
from compgraph.pages.assets import live_script_text
from compgraph.pages.comparing import compare_page, comparison_page, comparison_paths
from compgraph.pages.data import FORMATS, Format, data_text, described, formats
from compgraph.pages.fixed import FIXED
from compgraph.pages.forms import Form, pair_fields, question_fields
from compgraph.pages.frames import LIVE_POLICY, POLICY
from compgraph.pages.live import Excerpt, explain_page, problem_page, search_page, sparql_page, validate_page
from compgraph.pages.site import Dump, Site, build_site
from compgraph.pages.things import thing_page

__all__ = [
    "FIXED",
    "FORMATS",
    "LIVE_POLICY",
    "POLICY",
    "Addresses",
    "Dump",
    "Excerpt",
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
    "href",
    "is_ours",
    "live_script_text",
    "pair_fields",
    "problem_page",
    "question_fields",
    "question_page",
    "search_page",
    "sparql_page",
    "thing_page",
    "validate_page",
]
