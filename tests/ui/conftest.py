from tests.qt_loop import _no_task_is_left, no_task_is_left, pytest_asyncio_loop_factories

__all__ = ["_no_task_is_left", "no_task_is_left", "pytest_asyncio_loop_factories"]
