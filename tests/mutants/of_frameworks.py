"""What is done to the cut of a framework, and the rule that must notice."""

from tests.mutants.edits import SUBJECT, Mutation, add, at, change, copy, drop, each, gone, one, swapped

STATEMENTS = ("Behaviour", "Indicator", "Passage")
NAMED = ("Cluster", "Competency", "RoleFamily", "RoleProfile", "Segment")
CONCEPTS = ("Behaviour", "Cluster", "Competency", "Indicator", "RoleFamily")
COMPONENTS = ("Expectation", "LevelScale", "Passage", "RoleProfile", "Segment")

_LABEL, _OBJECT, _STRETCH = "skos:prefLabel", r"\S+ ;", r"(?<=char=)(\d+),(\d+)"
_LAST_LETTER, _SPELT = r"\w ([;,])", r"x \1"
_UNTAGGED = ('"@en', '"')
_FRENCH = ('"@en', '"@fr')
_PADDED = ('"@en', ' "@en')
_ANOTHER = ('(?<=prefLabel ")', "Another ")

_MISSING = (
    *each((*STATEMENTS, *NAMED, "Framework", "LevelScale"), "label lost", "{}-label", drop(_LABEL)),
    *each(CONCEPTS, "framework lost", "Concept-framework", drop("skos:inScheme")),
    *each(COMPONENTS, "framework lost", "Component-framework", drop("dcterms:isPartOf")),
    *each(STATEMENTS, "place in the source lost", "Statement-source", drop("dcterms:source")),
    *each(STATEMENTS, "locator lost", "Located-locator", drop("cg:locator")),
    *each(NAMED, "place of the name lost", "Named-source", drop("cg:labelSource")),
    *each(("Behaviour", "Indicator"), "position lost", "{}-position-missing", drop("cg:position")),
    *each(("Behaviour", "Competency", "Passage"), "class lost", "Typed-class", drop("a")),
    *each(("RoleLevel", "ProficiencyLevel"), "scale lost", "Level-scale", drop("cg:inScale")),
    *each(("RoleLevel", "ProficiencyLevel"), "rank lost", "Level-rank-missing", drop("cg:rank")),
    one("title lost", "Framework-title", "Framework", drop("dcterms:title")),
    one("licence lost", "Framework-licence-stated", "Framework", drop("dcterms:license")),
    one("rights lost", "Framework-rights", "Framework", drop("dcterms:rights")),
    one("language lost", "Framework-language-stated", "Framework", drop("dcterms:language")),
    one("source lost", "Framework-source", "Framework", drop("dcterms:source")),
    one("competency of an indicator lost", "Indicator-competency", "Indicator", drop("cg:ofCompetency")),
    one("competency of a cell lost", "Expectation-competency", "Expectation", drop("cg:ofCompetency")),
    one("level lost", "Expectation-audience", "Expectation", drop("cg:atLevel")),
    one("role lost", "Expectation-audience", "Expectation", drop("cg:forRole")),
    one("cell lost", "Behaviour-demonstrates", "Behaviour", drop("cg:demonstrates")),
    one("indicator lost", "Behaviour-elaborates-missing", "Behaviour", drop("cg:elaborates")),
    one("place of a definition lost", "Defined", "Competency", drop("cg:definitionSource")),
    one("place of a descriptor lost", "Described", "Expectation", drop("cg:descriptorSource")),
    one("place of a rating lost", "Rated", "Expectation", drop("cg:ratingSource")),
    one("subject of a passage lost", "Passage-about", "Passage", drop("cg:about")),
    one("kind of a passage lost", "Passage-kind", "Passage", drop("cg:passageKind")),
    one("share lost", "Weighting-share", "Weighting", drop("cg:share")),
    one("checksum lost", "SourceDocument-checksum", "SourceDocument", drop("schema:sha256")),
    one("length lost", "SourceDocument-length", "SourceDocument", drop("cg:length")),
    one("title of a source lost", "SourceDocument-title", "SourceDocument", drop("dcterms:title")),
    one("name of an issuer lost", "Organization-name", "foaf:Organization", drop("foaf:name")),
    Mutation("no source", "Pointer-document", gone("SourceDocument", "Competency", "cg:labelSource", "#char=")),
    Mutation("no level", "Expectation-level", gone("RoleLevel", "Expectation", "cg:atLevel")),
    Mutation("no scale", "Level-scale", gone("LevelScale", "RoleLevel", "cg:inScale")),
    Mutation("no cluster", "Competency-cluster", gone("Cluster", "Competency", "cg:inCluster")),
    Mutation("no competency", "Indicator-competency", gone("Competency", "Indicator", "cg:ofCompetency")),
    Mutation("no cell", "Behaviour-demonstrates-what", gone("Expectation", "Behaviour", "cg:demonstrates")),
    Mutation("no framework", "Concept-framework", gone("Framework", "Competency", "skos:inScheme")),
)

_TWICE = (
    *each((*STATEMENTS, *NAMED), "second text", "Text-label-once", add(f'{_LABEL} "Another"@en', told=_LABEL)),
    *each(STATEMENTS, "copied place", "Pointer-shared", copy("dcterms:source", (r"position \d+", "position 50"))),
    *each(STATEMENTS, "copied", "{}-position-taken", copy("cg:position")),
    one("second number", "Competency-number", "Competency", add('skos:notation "99"', told="skos:notation")),
    one("second level", "Expectation-level", "Expectation", add("cg:atLevel {RoleLevel}", told="cg:atLevel")),
    one(
        "second cell",
        "Behaviour-demonstrates",
        "Behaviour",
        add("cg:demonstrates {Expectation}", told="cg:demonstrates"),
    ),
    one("second position", "Indicator-position", "Indicator", add("cg:position 9", told="cg:position")),
    one("second scale", "Level-scale", "RoleLevel", add("cg:inScale {LevelScale}", told="cg:inScale")),
    one("second rank", "Level-rank", "RoleLevel", add("cg:rank 9", told="cg:rank")),
    one("second share", "Weighting-share", "Weighting", add("cg:share 7.0", told="cg:share")),
    one("second kind", "Passage-kind", "Passage", add("cg:passageKind cg:history", told="cg:passageKind")),
    one(
        "second framework",
        "Concept-framework",
        "Competency",
        add("skos:inScheme {foreignFramework}", told="skos:inScheme"),
    ),
    one("copied label", "Named-apart-label", "Competency", copy(_LABEL)),
    one("copied number", "Named-apart-number", "Competency", copy("skos:notation", _ANOTHER)),
    one("copied rank", "Level-rank-taken", "RoleLevel", copy("cg:rank", _ANOTHER)),
    one("copied cell", "Expectation-cell-taken", "Expectation", copy("cg:atLevel")),
    one("copied cell of a role", "Expectation-cell-taken", "Expectation", copy("cg:forRole")),
)

_MISSPELT = (
    *each(
        ("Behaviour", "Indicator", "Passage"),
        "class misspelt",
        "Vocabulary-term",
        change("a", r"cg:(\w+) ;", r"cg:\1x ;"),
    ),
    one("property misspelt", "Vocabulary-term", "Behaviour", change("cg:demonstrates", "demonstrates", "demonstrate")),
    one("property of SKOS misspelt", "Vocabulary-standard", "Competency", change(_LABEL, "prefLabel", "preflabel")),
    one("property of DC misspelt", "Vocabulary-standard", "Passage", change("dcterms:source", "s:source", "s:sources")),
    one("kind misspelt", "Passage-kind", "Passage", change("cg:passageKind", _LAST_LETTER, _SPELT)),
    one("level misspelt", "Expectation-level", "Expectation", change("cg:atLevel", _LAST_LETTER, _SPELT)),
    one(
        "rating misspelt",
        "Expectation-proficiency",
        "Expectation",
        change("cg:expectedProficiency", _LAST_LETTER, _SPELT),
    ),
    one("role misspelt", "Expectation-role", "Expectation", change("cg:forRole", _LAST_LETTER, _SPELT)),
    one("cell misspelt", "Behaviour-demonstrates-what", "Behaviour", change("cg:demonstrates", _LAST_LETTER, _SPELT)),
    one("indicator misspelt", "Behaviour-elaborates", "Behaviour", change("cg:elaborates", _LAST_LETTER, _SPELT)),
    one("competency misspelt", "Indicator-competency", "Indicator", change("cg:ofCompetency", _LAST_LETTER, _SPELT)),
    one("cluster misspelt", "Competency-cluster", "Competency", change("cg:inCluster", _LAST_LETTER, _SPELT)),
    one("framework misspelt", "Concept-framework", "Competency", change("skos:inScheme", _LAST_LETTER, _SPELT)),
    one("subject of a passage misspelt", "Passage-about-known", "Passage", change("cg:about", _LAST_LETTER, _SPELT)),
    one(
        "subject of a share misspelt", "Weighting-subject-known", "Weighting", change("cg:weighs", _LAST_LETTER, _SPELT)
    ),
    one("member misspelt", "Segment-member", "Segment", change("skos:member", _LAST_LETTER, _SPELT)),
    one("levels addressed misspelt", "Segment-level", "Segment", change("cg:addressesLevel", _LAST_LETTER, _SPELT)),
    one("family misspelt", "Level-family", "RoleLevel", change("cg:inFamily", _LAST_LETTER, _SPELT)),
    one("issuer misspelt", "Issued-publisher", "Framework", change("dcterms:publisher", _LAST_LETTER, _SPELT)),
)

_OTHER_KIND = (
    *each(
        ("Behaviour", "Competency", "Passage"),
        "two classes",
        "Clash-disjoint-classes",
        change("a", " ;", " , cg:RoleProfile ;"),
    ),
    one(
        "behaviour made an indicator",
        "Vocabulary-domain",
        "Behaviour",
        change("a", "Behaviour", "Indicator", told="cg:demonstrates"),
    ),
    one(
        "indicator made a behaviour",
        "Behaviour-demonstrates",
        "Indicator",
        change("a", "Indicator", "Behaviour", told=SUBJECT),
    ),
    one(
        "cell made a passage",
        "Vocabulary-domain",
        "Expectation",
        change("a", "Expectation", "Passage", told="cg:atLevel"),
    ),
    one("level of no kind", "Level-kind", "RoleLevel", change("a", "cg:RoleLevel", "cg:Level", told=SUBJECT)),
    Mutation(
        "level made mastery", "LevelScale-kinds", at("cg:inScale", "RoleLevel", change("a", "Role", "Proficiency"))
    ),
    Mutation(
        "in another scale",
        "LevelScale-kinds",
        at("cg:inScale", "RoleLevel", change("cg:inScale", _OBJECT, "{LevelScale} ;")),
    ),
    one(
        "indicator of a level",
        "Indicator-competency",
        "Indicator",
        change("cg:ofCompetency", _OBJECT, "{ProficiencyLevel} ;"),
    ),
    one(
        "cell of a cluster", "Expectation-competency", "Expectation", change("cg:ofCompetency", _OBJECT, "{Cluster} ;")
    ),
    one("competency at a level", "Vocabulary-domain", "Competency", add("cg:atLevel {RoleLevel}")),
    one(
        "spells out a competency",
        "Behaviour-elaborates",
        "Behaviour",
        change("cg:elaborates", _OBJECT, "{Competency} ;"),
    ),
    one(
        "spells out another's",
        "Behaviour-elaborates-other",
        "Behaviour",
        change("cg:elaborates", _OBJECT, "{lastIndicator} ;"),
    ),
    one("clustered in a segment", "Competency-cluster", "Competency", change("cg:inCluster", _OBJECT, "{Segment} ;")),
    one("level as a member", "Segment-member", "Segment", add("skos:member {ProficiencyLevel}")),
    one(
        "rated at a level of people",
        "Expectation-proficiency",
        "Expectation",
        change("cg:expectedProficiency", _OBJECT, "{RoleLevel} ;"),
    ),
    one(
        "mastery of mastery",
        "Expectation-mastery-twice",
        "Expectation",
        change("cg:atLevel", _OBJECT, "{ProficiencyLevel} ;", told="cg:expectedProficiency"),
    ),
    one(
        "level and role at once",
        "Expectation-one-audience",
        "Expectation",
        add("cg:atLevel {anyProficiencyLevel}", told=SUBJECT, having="cg:forRole"),
    ),
    one(
        "role of a cell a competency",
        "Expectation-role",
        "Expectation",
        change("cg:forRole", _OBJECT, "{Competency} ;"),
    ),
    one("level of no scale", "Level-scale", "RoleLevel", change("cg:inScale", _OBJECT, "{Competency} ;")),
    one("family of another kind", "Level-family", "RoleLevel", change("cg:inFamily", _OBJECT, "{Competency} ;")),
    one(
        "part of a competency", "Component-framework", "Passage", change("dcterms:isPartOf", _OBJECT, "{Competency} ;")
    ),
    one("share in a competency", "Weighting-whole", "Weighting", add("dcterms:isPartOf {Competency}")),
)

_ELSEWHERE = (
    one(
        "level of another", "Structure-elsewhere", "Expectation", change("cg:atLevel", _OBJECT, "{foreignRoleLevel} ;")
    ),
    one(
        "rating of another",
        "Structure-elsewhere",
        "Expectation",
        change("cg:expectedProficiency", _OBJECT, "{foreignProficiencyLevel} ;"),
    ),
    one(
        "competency of another",
        "Structure-elsewhere",
        "Indicator",
        change("cg:ofCompetency", _OBJECT, "{foreignCompetency} ;"),
    ),
    one(
        "cell of another",
        "Structure-elsewhere",
        "Behaviour",
        change("cg:demonstrates", _OBJECT, "{foreignExpectation} ;"),
    ),
    one("scale of another", "Structure-elsewhere", "RoleLevel", change("cg:inScale", _OBJECT, "{foreignLevelScale} ;")),
    one(
        "passage about another", "Structure-elsewhere", "Passage", change("cg:about", _OBJECT, "{foreignCompetency} ;")
    ),
    one("member from another", "Structure-elsewhere", "Segment", add("skos:member {foreignCompetency}")),
    one(
        "source of another",
        "Pointer-elsewhere",
        "Behaviour",
        change("dcterms:source", r"source/[\w-]+", "source/elsewhere"),
    ),
)

_ROUND = (
    *each(
        ("Competency", "Indicator", "Behaviour"), "broader than itself", "SkosRelation-self", add("skos:broader {self}")
    ),
    one(
        "circle of broader ones",
        "SkosHierarchy-circle",
        "Competency",
        add("skos:narrower {Competency} ;\n    skos:broader {Competency}"),
    ),
    one("related to a segment", "SkosRelation-end", "Competency", add("skos:related {Segment}")),
    one("matched with itself", "Match-self", "Competency", add("skos:exactMatch {self}")),
    one("progress to itself", "Progression-back", "Competency", add("cg:progressesTo {self}")),
    one("irreflexive", "Clash-irreflexive", "Competency", add("cg:progressesTo {self}")),
    one("share of itself", "Weighting-circle", "Weighting", add("dcterms:isPartOf {self}")),
)

_NUMBERS = (
    *each(
        ("Behaviour", "Indicator"),
        "position taken",
        "{}-position-taken",
        change("cg:position", "position 2", "position 1"),
    ),
    *each(
        ("Behaviour", "Indicator"),
        "position skipped",
        "{}-position-gap",
        change("cg:position", "position 2", "position 70"),
    ),
    *each(STATEMENTS, "position nought", "{}-position", change("cg:position", r"position \d+", "position 0")),
    *each(STATEMENTS, "position as text", "{}-position", change("cg:position", r"position (\d+)", r'position "\1"')),
    *each(
        STATEMENTS, "position as fraction", "{}-position", change("cg:position", r"position (\d+)", r"position \1.5")
    ),
    *each(
        ("RoleLevel", "ProficiencyLevel"), "rank in words", "Level-rank", change("cg:rank", r"rank \d", 'rank "high"')
    ),
    *each(("RoleLevel", "ProficiencyLevel"), "rank tied", "Level-rank-taken", change("cg:rank", "rank 2", "rank 1")),
    Mutation("behaviours swapped", "Behaviour-position-order", swapped("Behaviour", "cg:position", "cg:demonstrates")),
    Mutation("indicators swapped", "Indicator-position-order", swapped("Indicator", "cg:position", "cg:ofCompetency")),
    one("rank skipped", "Level-rank-gap", "RoleLevel", change("cg:rank", r"rank [45]", "rank 9")),
    one("partial in words", "LevelScale-partial", "LevelScale", change("cg:partialScale", "true", '"yes"')),
    one("share too great", "Weighting-share-range", "Weighting", change("cg:share", r"share \S+", "share 120.0")),
    one("share in words", "Weighting-share-range", "Weighting", change("cg:share", r"share \S+", 'share "half"')),
    one("share misread", "Weighting-sum-differs", "Weighting", change("cg:share", "share 20.0", "share 30.0")),
    one(
        "length in words", "SourceDocument-length-number", "SourceDocument", change("cg:length", r"(\d+) ;", r'"\1" ;')
    ),
    one("checksum cut off", "SourceDocument-checksum-form", "SourceDocument", change("schema:sha256", r'\w{4}"', '"')),
    one("date in words", "Issued-date", "Framework", change("dcterms:issued", r'"[\d-]+"\S*', '"May 2007"@en')),
    one(
        "dates out of order",
        "Dated-order",
        "Framework",
        add('dcterms:modified "1999-01-01"^^xsd:date', having="dcterms:issued"),
    ),
    one("date of a share in words", "Dated-date", "Weighting", change("dcterms:date", r'"[\d-]+"\S*', '"July"@en')),
    one("licence in words", "Framework-licence-iri", "Framework", change("dcterms:license", "<.*>", '"CC BY"')),
    one("language in words", "Framework-language", "Framework", change("dcterms:language", '"en"', '"English"')),
)

_TEXTS = (
    *each((*STATEMENTS, *NAMED), "language of the text lost", "Text-label-language", change(_LABEL, *_UNTAGGED)),
    *each((*STATEMENTS, "Competency"), "text in another language", "Text-language-other", change(_LABEL, *_FRENCH)),
    *each((*STATEMENTS, *NAMED), "padded text", "Text-label-blanks", change(_LABEL, *_PADDED)),
    *each(STATEMENTS, "empty text", "Text-label-blanks", change(_LABEL, '".*"', '""')),
    *each(
        ("Competency", "Behaviour"),
        "unseen sign",
        "Text-label-characters",
        change(_LABEL, 'Label "', r'Label "\\u200B'),
    ),
    *each(
        (*STATEMENTS, "Competency"), "locator in no language", "Text-locator-language", change("cg:locator", *_UNTAGGED)
    ),
    one("padded definition", "Text-definition-blanks", "Competency", change("skos:definition", *_PADDED)),
    one("definition in no language", "Text-definition-language", "Competency", change("skos:definition", *_UNTAGGED)),
    one("padded descriptor", "Text-descriptor-blanks", "Expectation", change("cg:descriptor", *_PADDED)),
    one("descriptor in no language", "Text-descriptor-language", "Expectation", change("cg:descriptor", *_UNTAGGED)),
    one("padded number", "Text-number-blanks", "Competency", change("skos:notation", '" ;', ' " ;')),
    one("note in no language", "Text-note-language", "Framework", change("skos:editorialNote", *_UNTAGGED)),
    one("padded rights", "Text-rights-blanks", "Framework", change("dcterms:rights", *_PADDED)),
    one("title in no language", "Text-title-language", "Framework", change("dcterms:title", *_UNTAGGED)),
)

_POINTERS = (
    *each(STATEMENTS, "pointer with one number", "Pointer-form", change("dcterms:source", _STRETCH, r"\1")),
    *each(STATEMENTS, "pointer descending", "Pointer-range", change("dcterms:source", _STRETCH, r"\2,\1")),
    *each(STATEMENTS, "pointer to nothing", "Pointer-range", change("dcterms:source", _STRETCH, r"\1,\1")),
    *each(STATEMENTS, "pointer beyond the end", "Pointer-range", change("dcterms:source", _STRETCH, r"\1,9999999")),
    *each(STATEMENTS, "pointer in words", "Pointer-form", change("dcterms:source", "<.*>", '"page 3"@en')),
    *each(NAMED, "pointer of a name misspelt", "Pointer-form", change("cg:labelSource", "#char=", "#chars=")),
    *each(NAMED, "pointer of a name with a nought", "Pointer-form", change("cg:labelSource", "#char=", "#char=0")),
    *each(
        NAMED,
        "pointers that overlap",
        "Pointer-overlap",
        change("cg:labelSource", r"(<\S+char=)(\d+),(\d+)>", r"\1\2,\3> , \g<1>0,\3>"),
    ),
    one(
        "pointer of a descriptor descending",
        "Pointer-range",
        "Expectation",
        change("cg:descriptorSource", _STRETCH, r"\2,\1"),
    ),
    one(
        "pointer of a rating beyond", "Pointer-range", "Expectation", change("cg:ratingSource", _STRETCH, r"\1,9999999")
    ),
    one(
        "pointer of a definition misspelt",
        "Pointer-form",
        "Competency",
        change("cg:definitionSource", "#char=", "#char:"),
    ),
)

MUTATIONS: tuple[Mutation, ...] = (
    *_MISSING,
    *_TWICE,
    *_MISSPELT,
    *_OTHER_KIND,
    *_ELSEWHERE,
    *_ROUND,
    *_NUMBERS,
    *_TEXTS,
    *_POINTERS,
)
