/* Lets the n-th call that touches a folder fail: opening, writing, syncing, renaming, linking, making.
 *
 * Loaded before the C library, so that nothing need know of it, SQLite included. `fault_arm` counts calls
 * from then on and has one fail with an error; with FULL all that take room fail from that one on, with
 * SHORT a write takes half of what it was given and says so. A negative `when` disarms.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { ONCE, FULL, SHORT };
enum { ANY, ROOM };

static char folder[PATH_MAX];
static long calls, at = -1;
static int error_number, kind, failed_once;

void fault_arm(const char *where, long when, int error, int how) {
    strncpy(folder, where, sizeof folder - 1);
    calls = 0, at = when, error_number = error, kind = how, failed_once = 0;
}

int fault_failed(void) { return failed_once; }

static int due(const char *path, int takes) {
    if (at < 0 || !path || strncmp(path, folder, strlen(folder))) return 0;
    if (kind == FULL && takes != ROOM) return 0;
    ++calls;
    if (calls < at || (calls > at && kind != FULL)) return 0;
    failed_once = 1;
    return 1;
}

static int fails(const char *path, int takes) {
    if (kind == SHORT || !due(path, takes)) return 0;
    errno = error_number;
    return 1;
}

static const char *path_of(int handle, char *path) {
    char link[64];
    if (at < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return path;
}

static int fails_at(int handle, int takes) {
    char path[PATH_MAX];
    return fails(path_of(handle, path), takes);
}

static size_t taken(int handle, size_t size) {
    char path[PATH_MAX];
    return kind == SHORT && size > 1 && due(path_of(handle, path), ROOM) ? size / 2 : size;
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define MODE(mode, flags) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list list; \
    va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); }
#define TAKES(flags) ((flags) & (O_CREAT | O_TMPFILE) ? ROOM : ANY)
#define OPEN(name) int name(const char *path, int flags, ...) { REAL(name); MODE(mode, flags) \
    return fails(path, TAKES(flags)) ? -1 : real(path, flags, mode); }
#define OPENAT(name) int name(int base, const char *path, int flags, ...) { REAL(name); MODE(mode, flags) \
    return fails(path, TAKES(flags)) ? -1 : real(base, path, flags, mode); }
#define SYNC(name) int name(int handle) { REAL(name); return fails_at(handle, ANY) ? -1 : real(handle); }
#define PWRITE(name, off) ssize_t name(int handle, const void *data, size_t size, off place) { REAL(name); \
    return fails_at(handle, ROOM) ? -1 : real(handle, data, taken(handle, size), place); }
#define CUT(name, off) int name(int handle, off size) { REAL(name); \
    return fails_at(handle, ROOM) ? -1 : real(handle, size); }
#define SEND(name, off) ssize_t name(int to, int from, off *place, size_t size) { REAL(name); \
    return fails_at(to, ROOM) ? -1 : real(to, from, place, taken(to, size)); }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
SYNC(fsync)
SYNC(fdatasync)
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)
SEND(sendfile, off_t)
SEND(sendfile64, off64_t)

ssize_t write(int handle, const void *data, size_t size) {
    REAL(write); return fails_at(handle, ROOM) ? -1 : real(handle, data, taken(handle, size));
}
int rename(const char *from, const char *to) { REAL(rename); return fails(from, ROOM) ? -1 : real(from, to); }
int link(const char *from, const char *to) { REAL(link); return fails(from, ROOM) ? -1 : real(from, to); }
int linkat(int base, const char *from, int other, const char *to, int flags) {
    REAL(linkat); return fails(from, ROOM) ? -1 : real(base, from, other, to, flags);
}
int mkdir(const char *path, mode_t mode) { REAL(mkdir); return fails(path, ROOM) ? -1 : real(path, mode); }
int mkdirat(int base, const char *path, mode_t mode) {
    REAL(mkdirat); return fails(path, ROOM) ? -1 : real(base, path, mode);
}
