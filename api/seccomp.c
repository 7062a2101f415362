/*
 * System calls that our libraries make and Kore did not foresee.  Kore kills
 * a worker that makes any other; each has its reason.
 */
#include <sys/socket.h>
#include <sys/syscall.h>

#include <kore/kore.h>
#include <kore/seccomp.h>

/* clang-format off */
KORE_SECCOMP_FILTER("acquis",
    /* libpq connects again when PostgreSQL comes back. */
    KORE_SYSCALL_ALLOW(connect),
    KORE_SYSCALL_ALLOW_ARG(socket, 0, AF_UNIX),
    KORE_SYSCALL_ALLOW_ARG(socket, 0, AF_INET),
    KORE_SYSCALL_ALLOW_ARG(socket, 0, AF_INET6),
    KORE_SYSCALL_ALLOW_ARG(socket, 0, AF_NETLINK), /* getaddrinfo */
    KORE_SYSCALL_ALLOW(bind),       /* getaddrinfo, on netlink */
    KORE_SYSCALL_ALLOW(recvmsg),
    KORE_SYSCALL_ALLOW(sendmmsg),
    KORE_SYSCALL_ALLOW(getsockopt), /* whether the connect worked */
    KORE_SYSCALL_ALLOW(shutdown),   /* intake.c, after a refusal */
    KORE_SYSCALL_ALLOW(getsockname),
    KORE_SYSCALL_ALLOW(getpeername),
    KORE_SYSCALL_ALLOW(uname),      /* libpq, resolver */
    KORE_SYSCALL_ALLOW(newfstatat), /* stat() of today's glibc */
    KORE_SYSCALL_ALLOW(statx),
    KORE_SYSCALL_ALLOW(fstatfs),    /* fontconfig, its caches */
    KORE_SYSCALL_ALLOW(getdents64), /* fontconfig, its folders */
    KORE_SYSCALL_ALLOW(pread64),
    KORE_SYSCALL_ALLOW(readlinkat),
    /* Task threads, and one that pango starts for fonts. */
    KORE_SYSCALL_ALLOW(clone), KORE_SYSCALL_ALLOW(clone3),
    KORE_SYSCALL_ALLOW(rseq), KORE_SYSCALL_ALLOW(set_robust_list),
    KORE_SYSCALL_ALLOW(set_tid_address), KORE_SYSCALL_ALLOW(gettid),
    KORE_SYSCALL_ALLOW(prctl),      /* names of threads */
    KORE_SYSCALL_ALLOW(sched_getaffinity),
    KORE_SYSCALL_ALLOW(sched_yield),
    KORE_SYSCALL_ALLOW(tgkill),     /* abort() says who */
    KORE_SYSCALL_ALLOW(socketpair), /* a task's channel */
    KORE_SYSCALL_ALLOW(mremap),     /* realloc of large blocks */
    KORE_SYSCALL_ALLOW(memfd_create), /* workbooks have no other place */
    KORE_SYSCALL_ALLOW(ftruncate),
    KORE_SYSCALL_ALLOW(sysinfo),
    KORE_SYSCALL_ALLOW(getrusage),
    KORE_SYSCALL_ALLOW(prlimit64));
/* clang-format on */
