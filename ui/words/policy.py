"""Why the program does not open: what the administrator has decided for this computer can't be read."""

from PySide6.QtCore import QCoreApplication

from receptionapp.system.policy import PolicyError

translate = QCoreApplication.translate


def of_policy(error: PolicyError) -> str:
    """What is wrong, where, and whom to tell. No value of the policy's is in it."""
    if error.secret:
        why = translate("Policy", "It holds a secret ({name}), which must not be there. Take it out.")
    elif error.name:
        why = translate("Policy", "“{name}” is no setting of this version, or its value is none that it can have.")
    else:
        why = translate("Policy", "It is damaged, or may not be read.")
    what = translate(
        "Policy",
        "Reception was not opened: the settings that your administrator has made for this computer can't be used, and "
        "without them it might do what it should not. Show this to your administrator.",
    )
    return f"{what}\n\n{why.format(name=error.name)}\n{error.source}"
