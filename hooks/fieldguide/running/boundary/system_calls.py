"""The system calls that nothing inside the sandbox may make, and their numbers by architecture.

Three kinds: what would reach the kernel or the machine past every namespace, what would outlive the
job that did it, and what takes memory that nobody counts. A snippet of a web framework needs none.
"""

from __future__ import annotations

import errno

ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
"""The kernel's number of each architecture (AUDIT_ARCH_*), in the order of the numbers below."""
NEWEST = 469
"""The newest call that anybody here has read about. Later ones are answered as an older kernel
would; so are those of x32, whose numbers begin far above."""

_REACHING = {
    # The kernel itself: its modules, its programs, its clock, its log, its memory.
    "acct": (163, 89), "bpf": (321, 280), "clock_adjtime": (305, 266), "clock_settime": (227, 112),
    "delete_module": (176, 106), "finit_module": (313, 273), "init_module": (175, 105),
    "ioperm": (173, None), "iopl": (172, None), "kexec_file_load": (320, 294),
    "kexec_load": (246, 104), "lookup_dcookie": (212, 18), "modify_ldt": (154, None),
    "nfsservctl": (180, 42), "perf_event_open": (298, 241), "quotactl": (179, 60),
    "quotactl_fd": (443, 443), "reboot": (169, 142), "setdomainname": (171, 162),
    "sethostname": (170, 161), "settimeofday": (164, 170), "swapoff": (168, 225),
    "swapon": (167, 224), "syslog": (103, 116), "uselib": (134, None), "vhangup": (153, 58),
    # What is mounted, and files past their paths.
    "chroot": (161, 51), "fanotify_init": (300, 262), "fsconfig": (431, 431),
    "fsmount": (432, 432), "fsopen": (430, 430), "fspick": (433, 433), "listmount": (458, 458),
    "mount": (165, 40), "mount_setattr": (442, 442), "move_mount": (429, 429),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "open_tree": (428, 428),
    "open_tree_attr": (467, 467), "pivot_root": (155, 41), "statmount": (457, 457),
    "umount2": (166, 39),
    # Other processes, and namespaces.
    "kcmp": (312, 272), "migrate_pages": (256, 238), "move_pages": (279, 239),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440), "process_mrelease": (448, 448),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "ptrace": (101, 117),
    "setns": (308, 268), "unshare": (272, 97),
    # The kernel's keys.
    "add_key": (248, 217), "request_key": (249, 218),
}  # fmt: skip

_STAYING = {
    # Inter-process communication that has no owner: of System V, and the message queues of POSIX.
    "mq_getsetattr": (245, 185), "mq_notify": (244, 184), "mq_open": (240, 180),
    "mq_timedreceive": (243, 183), "mq_timedsend": (242, 182), "mq_unlink": (241, 181),
    "msgctl": (71, 187), "msgget": (68, 186), "msgrcv": (70, 188), "msgsnd": (69, 189),
    "semctl": (66, 191), "semget": (64, 190), "semop": (65, 193), "semtimedop": (220, 192),
    "shmat": (30, 196), "shmctl": (31, 195), "shmdt": (67, 197), "shmget": (29, 194),
    # The priority of others.
    "ioprio_set": (251, 30), "sched_setattr": (314, 274),
    # The attributes of files that chattr sets.
    "file_setattr": (469, 469),
}  # fmt: skip

_ATTRIBUTES = {
    # Extended attributes: what a folder passes on to all files in it, access control lists too.
    "fremovexattr": (199, 16), "fsetxattr": (190, 7), "lremovexattr": (198, 15),
    "lsetxattr": (189, 6), "removexattr": (197, 14), "removexattrat": (466, 466),
    "setxattr": (188, 5), "setxattrat": (463, 463),
}  # fmt: skip

_ABSENT = {
    # What programs look for, and do without where a kernel is older. The first two hide what they
    # do from this filter; the others take memory that belongs to no process and to no disk.
    "clone3": (435, 435), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "io_setup": (206, 0), "memfd_create": (319, 279),
    "memfd_secret": (447, 447), "userfaultfd": (323, 282),
}  # fmt: skip

DENIED = {
    **{name: (numbers, errno.EPERM) for name, numbers in {**_REACHING, **_STAYING}.items()},
    **{name: (numbers, errno.ENOTSUP) for name, numbers in _ATTRIBUTES.items()},
    **{name: (numbers, errno.ENOSYS) for name, numbers in _ABSENT.items()},
}
"""The numbers of each call, by architecture, and the error that it gives."""

ARGUED = {
    "clone": (56, 220), "ioctl": (16, 29), "keyctl": (250, 219), "mmap": (9, 222),
    "socket": (41, 198), "socketpair": (53, 199),
}  # fmt: skip
"""Those of which the arguments decide."""


def number(name: str, architecture: str) -> int | None:
    """The number of a call; None where the architecture has no such call."""
    numbers = DENIED[name][0] if name in DENIED else ARGUED[name]
    return numbers[list(ARCHITECTURES).index(architecture)]
