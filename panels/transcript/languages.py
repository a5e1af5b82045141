"""Compare language tags (BCP 47)."""

_SCRIPT = 4  # letters of a script subtag, such as "Hans"
_SCRIPT_OF_REGION = {"cn": "hans", "sg": "hans", "tw": "hant", "hk": "hant", "mo": "hant"}


def languages_agree(one: str, other: str) -> bool:
    """Whether both tags can be those of one text; an empty tag agrees with every other.

    >>> languages_agree("zh", "zh-Hans"), languages_agree("en-GB", "en-US"), languages_agree("zh-CN", "zh-Hant")
    (True, True, False)
    """
    if not one or not other:
        return True
    (language, script), (other_language, other_script) = parts_of(one), parts_of(other)
    return language == other_language and (not script or not other_script or script == other_script)


def parts_of(tag: str) -> tuple[str, str]:
    """The language and the script of a tag, in lower case; of Chinese the script that its region writes."""
    language, *rest = tag.lower().replace("_", "-").split("-")
    script = next((part for part in rest if len(part) == _SCRIPT and part.isalpha()), "")
    if not script and language == "zh":
        script = next((_SCRIPT_OF_REGION[part] for part in rest if part in _SCRIPT_OF_REGION), "")
    return language, script
