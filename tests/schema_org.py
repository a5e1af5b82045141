"""The part of schema.org that Panels speaks, kept by hand.

It was checked against the vocabulary as schema-org-python 0.1.2 has it, which is no dependency: it is a thousand
classes and a library for RDF. New types and properties are looked up at https://schema.org/ and added here.
"""

SUPERTYPES = {
    "Answer": "Comment",
    "Comment": "CreativeWork",
    "Conversation": "CreativeWork",
    "CorrectionComment": "Comment",
    "CreativeWork": "Thing",
    "Event": "Thing",
    "Organization": "Thing",
    "Person": "Thing",
    "ProfilePage": "WebPage",
    "Question": "Comment",
    "WebPage": "CreativeWork",
}
DOMAINS = {
    "abstract": {"CreativeWork"},
    "alternateName": {"Thing"},
    "answerCount": {"Question"},
    "author": {"CreativeWork"},
    "correction": {"CreativeWork"},
    "datePublished": {"CreativeWork"},
    "description": {"Thing"},
    "event": {"Organization"},
    "disambiguatingDescription": {"Thing"},
    "hasPart": {"CreativeWork"},
    "inLanguage": {"CreativeWork", "Event"},
    "isBasedOn": {"CreativeWork"},
    "isPartOf": {"CreativeWork"},
    "keywords": {"CreativeWork"},
    "license": {"CreativeWork"},
    "mainEntity": {"CreativeWork"},
    "name": {"Thing"},
    "parentItem": {"Comment"},
    "performer": {"Event"},
    "performerIn": {"Person"},
    "position": {"CreativeWork"},
    "publisher": {"CreativeWork"},
    "recordedAt": {"CreativeWork"},
    "recordedIn": {"Event"},
    "startDate": {"Event"},
    "suggestedAnswer": {"Question"},
    "text": {"CreativeWork"},
    "url": {"Thing"},
}


def is_a(kind: str, ancestor: str) -> bool:
    while kind != ancestor and kind in SUPERTYPES:
        kind = SUPERTYPES[kind]
    return kind == ancestor


def may_have(kind: str, name: str) -> bool:
    """Whether a property is defined for a type or for what it is a kind of."""
    return any(is_a(kind, domain) for domain in DOMAINS[name])
