/* Lets the n-th call that touches a folder fail: opening, writing, syncing, renaming, linking, making.
 *
 * Loaded before the C library, so that nothing need know of it, SQLite included. `fault_arm` counts calls
 * from then on and has one fail with an error; `fault_calls` tells how many there were, and 0 disarms.
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
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[PATH_MAX];
static long calls, at = -1;
static int error_number, failed_once;

void fault_arm(const char *where, long when, int error) {
    strncpy(folder, where, sizeof folder - 1);
    calls = 0, at = when, error_number = error, failed_once = 0;
}

long fault_calls(void) { return calls; }
int fault_failed(void) { return failed_once; }

static int fails(const char *path) {
    if (at < 0 || !path || strncmp(path, folder, strlen(folder))) return 0;
    if (++calls != at) return 0;
    failed_once = 1;
    errno = error_number;
    return 1;
}

static int fails_at(int handle) {
    char link[64], path[PATH_MAX];
    if (at < 0) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return fails(path);
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define MODE(mode, flags) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list list; \
    va_start(list, flags); mode = va_arg(list, mode_t); va_end(list); }
#define OPEN(name) int name(const char *path, int flags, ...) { REAL(name); MODE(mode, flags) \
    return fails(path) ? -1 : real(path, flags, mode); }
#define OPENAT(name) int name(int base, const char *path, int flags, ...) { REAL(name); MODE(mode, flags) \
    return fails(path) ? -1 : real(base, path, flags, mode); }
#define SYNC(name) int name(int handle) { REAL(name); return fails_at(handle) ? -1 : real(handle); }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
SYNC(fsync)
SYNC(fdatasync)

ssize_t write(int handle, const void *data, size_t size) {
    REAL(write); return fails_at(handle) ? -1 : real(handle, data, size);
}
ssize_t pwrite(int handle, const void *data, size_t size, off_t place) {
    REAL(pwrite); return fails_at(handle) ? -1 : real(handle, data, size, place);
}
ssize_t pwrite64(int handle, const void *data, size_t size, off64_t place) {
    REAL(pwrite64); return fails_at(handle) ? -1 : real(handle, data, size, place);
}
int ftruncate(int handle, off_t size) { REAL(ftruncate); return fails_at(handle) ? -1 : real(handle, size); }
int ftruncate64(int handle, off64_t size) { REAL(ftruncate64); return fails_at(handle) ? -1 : real(handle, size); }
int rename(const char *from, const char *to) { REAL(rename); return fails(from) ? -1 : real(from, to); }
int link(const char *from, const char *to) { REAL(link); return fails(from) ? -1 : real(from, to); }
int linkat(int base, const char *from, int other, const char *to, int flags) {
    REAL(linkat); return fails(from) ? -1 : real(base, from, other, to, flags);
}
int mkdir(const char *path, mode_t mode) { REAL(mkdir); return fails(path) ? -1 : real(path, mode); }
int mkdirat(int base, const char *path, mode_t mode) {
    REAL(mkdirat); return fails(path) ? -1 : real(base, path, mode);
}
