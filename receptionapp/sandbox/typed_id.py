"""Ids as they come in paths, queries and bodies: `{type}:{value}`, or bare."""

EMR_ID = "emr_id"
PATIENT_ID_TYPES = frozenset({EMR_ID, "no_personal_number", "se_personal_number", "nhs_number"})
RESOURCE_ID_TYPES = frozenset({EMR_ID, "no_personal_number", "se_personal_number", "hsa_id"})


def split_id(text: str, types: frozenset[str]) -> tuple[str, str]:
    """The type and the value of an id (DOC 2.2).

    A bare id is an EHR id even when it looks like a national number (DOC 2.1). So is one with a colon whose first
    part is no known type, since ids may hold colons themselves (INF 2.1).
    """
    kind, colon, value = text.partition(":")
    return (kind, value) if colon and kind in types else (EMR_ID, text)
