import ctypes
import mmap
import os

C = ctypes.CDLL(None, use_errno=True)
X86 = os.uname().machine == "x86_64"


def in_32_bits(number):
    """What the kernel answers to a call of 32 bits without arguments."""
    code = b"\x53\x31\xdb\xb8" + number.to_bytes(4, "little") + b"\xcd\x80\x5b\xc3"
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS
    memory = mmap.mmap(-1, 4096, flags, mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.write(code)
    address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    return ctypes.CFUNCTYPE(ctypes.c_int)(address)() >= 0


def in_x32(number):
    return C.syscall(ctypes.c_long(0x40000000 | number)) >= 0


def allowed(deed):
    try:
        return deed() is not False
    except Exception:
        return False


DEEDS = {
    "who it is, in 32 bits": lambda: X86 and in_32_bits(20),
    "the user, in 32 bits": lambda: X86 and in_32_bits(24),
    "a namespace, in x32": lambda: X86 and in_x32(272),
    "who it is, in x32": lambda: X86 and in_x32(39),
}


def app(environ, start_response):
    got = [what for what, deed in DEEDS.items() if allowed(deed)]
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [("; ".join(got) or "ok").encode()]
