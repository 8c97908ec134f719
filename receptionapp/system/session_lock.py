"""When the operating system locks the session, so that the desk is locked too when it comes back: Windows'
WTSRegisterSessionNotification, macOS' distributed notification, D-Bus on Linux (logind, screen savers). Elsewhere idle
time has to do."""

import ctypes
import os
import string
import sys
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot


class SessionLock(QObject):
    """Signals: locked: the session was just locked."""

    locked = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._listening: object = None

    def listen(self, window_id: int) -> bool:
        """Begin, with the native id of a window of ours. False where the system has no way to tell."""
        if sys.platform == "win32":
            self._listening = _Windows.registered(window_id, self)
        elif sys.platform == "darwin":
            self._listening = _Mac.registered(self)
        else:
            self._listening = _linux(self)
        return self._listening is not None

    def stop(self) -> None:
        """Listen no more. Call before the window is gone."""
        if isinstance(self._listening, _Windows | _Mac):
            self._listening.stop()
        self._listening = None

    @Slot()
    def on_lock(self) -> None:
        """logind: this session is to be locked."""
        self.locked.emit()

    @Slot(bool)
    def on_active(self, active: bool) -> None:
        """A screen saver has come on, or gone."""
        if active:
            self.locked.emit()


# As Qt's SLOT() writes them. PySide takes only text here, though its stubs ask for bytes.
_ON_ACTIVE: Any = "1on_active(bool)"
_ON_LOCK: Any = "1on_lock()"
_SCREEN_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver", "org.freedesktop.ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
)


def _linux(told: SessionLock) -> object:
    """Subscribing only: nothing is asked, so nothing is waited for."""
    try:
        from PySide6.QtDBus import QDBusConnection
    except ImportError:  # the system's libdbus is not there
        return None
    heard = False
    session = QDBusConnection.sessionBus()
    if session.isConnected():
        for service, path, interface in _SCREEN_SAVERS:
            heard |= session.connect(service, path, interface, "ActiveChanged", told, _ON_ACTIVE)
    name = os.environ.get("XDG_SESSION_ID")
    system = QDBusConnection.systemBus()
    if name and system.isConnected():
        path = f"/org/freedesktop/login1/session/{_label(name)}"
        interface = "org.freedesktop.login1.Session"
        heard |= system.connect("org.freedesktop.login1", path, interface, "Lock", told, _ON_LOCK)
    return told if heard else None


def _label(name: str) -> str:
    """A session's name as logind writes it into a path."""
    kept = string.ascii_letters + string.digits
    return "".join(c if c in kept and (n or c not in string.digits) else f"_{ord(c):02x}" for n, c in enumerate(name))


_WM_WTSSESSION_CHANGE = 0x02B1
_WTS_SESSION_LOCK = 0x7
_NOTIFY_FOR_THIS_SESSION = 0


class _Message(ctypes.Structure):
    """The beginning of Windows' MSG; what comes after is not read."""

    _fields_ = (
        ("hwnd", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wParam", ctypes.c_size_t),
        ("lParam", ctypes.c_ssize_t),
    )


class _Windows(QAbstractNativeEventFilter):
    def __init__(self, window_id: int, told: SessionLock) -> None:
        super().__init__()
        self._window_id = window_id
        self._told = told

    @classmethod
    def registered(cls, window_id: int, told: SessionLock) -> "_Windows | None":
        """None if Windows refuses, as it may where there is no terminal service."""
        register = _wts().WTSRegisterSessionNotification
        register.argtypes = (ctypes.c_void_p, ctypes.c_uint)
        register.restype = ctypes.c_int
        app = QCoreApplication.instance()
        if app is None or not register(window_id, _NOTIFY_FOR_THIS_SESSION):
            return None
        made = cls(window_id, told)
        app.installNativeEventFilter(made)
        return made

    def nativeEventFilter(self, kind: QByteArray | bytes | bytearray | memoryview, message: int) -> Any:
        if bytes(QByteArray(kind).data()) == b"windows_generic_MSG":
            told = _Message.from_address(int(message))
            if told.message == _WM_WTSSESSION_CHANGE and told.wParam == _WTS_SESSION_LOCK:
                self._told.locked.emit()
        return False, 0

    def stop(self) -> None:
        app = QCoreApplication.instance()
        if app is not None:
            app.removeNativeEventFilter(self)
        unregister = _wts().WTSUnRegisterSessionNotification
        unregister.argtypes = (ctypes.c_void_p,)
        unregister(self._window_id)


def _wts() -> Any:
    loader: Any = getattr(ctypes, "WinDLL")  # noqa: B009, there only on Windows
    return loader("wtsapi32")


_SCREEN_IS_LOCKED = b"com.apple.screenIsLocked"
_UTF8 = 0x08000100
_DELIVER_IMMEDIATELY = 4
_CALLBACK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


class _Mac:
    """Apple documents it nowhere, and has posted it since 10.5, on the main thread's run loop, which is Qt's."""

    def __init__(self, told: SessionLock) -> None:
        self._foundation: Any = ctypes.CDLL("/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation")
        self._callback = _CALLBACK(lambda *_: told.locked.emit())  # kept: CoreFoundation does not
        pointer, f = ctypes.c_void_p, self._foundation
        f.CFNotificationCenterGetDistributedCenter.restype = pointer
        f.CFStringCreateWithCString.argtypes = (pointer, ctypes.c_char_p, ctypes.c_uint32)
        f.CFStringCreateWithCString.restype = pointer
        f.CFNotificationCenterAddObserver.argtypes = (pointer, pointer, _CALLBACK, pointer, pointer, ctypes.c_long)
        f.CFNotificationCenterRemoveEveryObserver.argtypes = (pointer, pointer)
        self._center = f.CFNotificationCenterGetDistributedCenter()
        self._observer = ctypes.cast(self._callback, pointer)
        name = f.CFStringCreateWithCString(None, _SCREEN_IS_LOCKED, _UTF8)
        f.CFNotificationCenterAddObserver(
            self._center, self._observer, self._callback, name, None, _DELIVER_IMMEDIATELY
        )

    @classmethod
    def registered(cls, told: SessionLock) -> "_Mac | None":
        try:
            return cls(told)
        except (OSError, AttributeError):
            return None

    def stop(self) -> None:
        self._foundation.CFNotificationCenterRemoveEveryObserver(self._center, self._observer)
