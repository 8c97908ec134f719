"""Threads share one heap, where each would have its own."""

import platform
import subprocess
import sys

import pytest

_THREADS = 4
_HEAP = 64_000  # kB of addresses that glibc sets aside for a heap


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives threads heaps of their own")
def test_threads_that_allocate_set_no_heaps_aside() -> None:
    program = f"""
import re, threading
from pathlib import Path
from receptionapp.system.heaps import share_one_heap

def addresses() -> int:
    return int(re.search(r"VmSize:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])

share_one_heap()
threading.stack_size(1 << 20)
before, together, kept = addresses(), threading.Barrier({_THREADS}), []
def allocate() -> None:
    together.wait()
    kept.append(bytearray(10_000))
    together.wait()
threads = [threading.Thread(target=allocate) for _ in range({_THREADS})]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(addresses() - before)
"""
    done = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, check=True)
    assert int(done.stdout) < _HEAP
