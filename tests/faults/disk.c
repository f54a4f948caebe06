/* Stands between a process and its files (LD_PRELOAD): every operation under DCS_DISK_ROOT is counted, and logged with
   its bytes to DCS_DISK_LOG; a sync waits DCS_DISK_SYNC_MS. dcs_disk() makes the n-th fail with EIO, once or for ever,
   or be followed by the death of the process.
   One record of the log: "operation\tpath\tother\toffset\tlength\n" and then so many bytes. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define FDS 4096
static char *path_of[FDS];
static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER;
static const char *root;
static size_t root_length;
static int log_fd = -1;
static long count, fail_at, kill_at, sync_ms;
static int fail_all;

#define REAL(type, name, ...) \
    static type (*real)(__VA_ARGS__); \
    if (!real) real = (type (*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static long number(const char *name) {
    const char *said = getenv(name);
    return said ? atol(said) : 0;
}

__attribute__((constructor)) static void begin(void) {
    root = getenv("DCS_DISK_ROOT");
    root_length = root ? strlen(root) : 0;
    sync_ms = number("DCS_DISK_SYNC_MS");
    const char *log = getenv("DCS_DISK_LOG");
    REAL(int, open64, const char *, int, ...);
    if (log) log_fd = real(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

static int ours(const char *path) {
    return root && path && !strncmp(path, root, root_length) && (path[root_length] == '/' || !path[root_length]);
}

static const char *at(int fd) { return fd >= 0 && fd < FDS ? path_of[fd] : NULL; }

/* Take the turn; whether this operation is to fail. A file of acknowledgements (*.told) is logged and never fails. */
static int enter(const char *path) {
    size_t length = strlen(path);
    pthread_mutex_lock(&one);
    if (length > 5 && !strcmp(path + length - 5, ".told")) return 0;
    count++;
    return fail_at && (fail_all ? count >= fail_at : count == fail_at);
}

static void leave(const char *operation, const char *path, const char *other, long long offset, const void *data,
                  long long length, int done) {
    int kept = errno;
    if (done && log_fd >= 0) {
        char head[9000];
        int size = snprintf(head, sizeof head, "%s\t%s\t%s\t%lld\t%lld\n", operation, path, other, offset, length);
        struct iovec parts[2] = {{head, size}, {(void *)data, data ? length : 0}};
        if (writev(log_fd, parts, data ? 2 : 1) < 0) abort();
    }
    if (kill_at && count >= kill_at) raise(SIGKILL);
    pthread_mutex_unlock(&one);
    errno = kept;
}

static int opened(int fd, const char *path, int flags, int was_there) {
    if (fd >= 0 && fd < FDS) {
        free(path_of[fd]);
        path_of[fd] = strdup(path);
    }
    if ((flags & O_CREAT) && !was_there) leave("create", path, "", 0, NULL, 0, fd >= 0);
    else if (flags & O_TRUNC) leave("truncate", path, "", 0, NULL, 0, fd >= 0);
    return fd;
}

static int open_it(int (*real)(const char *, int, ...), const char *path, int flags, mode_t mode) {
    if (!ours(path)) return real(path, flags, mode);
    struct stat found;
    int was_there = !stat(path, &found);
    if (was_there && S_ISDIR(found.st_mode)) {
        int fd = real(path, flags, mode);
        if (fd >= 0 && fd < FDS) { free(path_of[fd]); path_of[fd] = strdup(path); }
        return fd;
    }
    int changes = ((flags & O_CREAT) && !was_there) || (flags & O_TRUNC);
    if (!changes) {
        int fd = real(path, flags, mode);
        if (fd >= 0 && fd < FDS) { free(path_of[fd]); path_of[fd] = strdup(path); }
        return fd;
    }
    if (enter(path)) { leave("", path, "", 0, NULL, 0, 0); errno = EIO; return -1; }
    return opened(real(path, flags, mode), path, flags, was_there);
}

#define MODE() \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

int open(const char *path, int flags, ...) { MODE(); REAL(int, open, const char *, int, ...); return open_it(real, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(); REAL(int, open64, const char *, int, ...); return open_it(real, path, flags, mode); }

int close(int fd) {
    REAL(int, close, int);
    if (at(fd)) { free(path_of[fd]); path_of[fd] = NULL; }
    return real(fd);
}

/* What a process of ours asks for after it began: fail, kill at so many operations from now on; 0: no more. */
void dcs_disk(long fail, int all, long kill_it) {
    pthread_mutex_lock(&one);
    count = 0;
    fail_at = fail;
    fail_all = all;
    kill_at = kill_it;
    pthread_mutex_unlock(&one);
}

long dcs_disk_count(void) { return count; }

static ssize_t failed(const char *path) {
    leave("", path, "", 0, NULL, 0, 0);
    errno = EIO;
    return -1;
}

ssize_t write(int fd, const void *data, size_t size) {
    REAL(ssize_t, write, int, const void *, size_t);
    const char *path = at(fd);
    if (!path) return real(fd, data, size);
    if (enter(path)) return failed(path);
    off64_t place = lseek64(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR);
    ssize_t done = real(fd, data, size);
    leave("write", path, "", place, data, done, done >= 0);
    return done;
}

static ssize_t write_at(ssize_t (*real)(int, const void *, size_t, off64_t), int fd, const void *data, size_t size,
                        off64_t place) {
    const char *path = at(fd);
    if (!path) return real(fd, data, size, place);
    if (enter(path)) return failed(path);
    ssize_t done = real(fd, data, size, place);
    leave("write", path, "", place, data, done, done >= 0);
    return done;
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t place) { REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t); return write_at(real, fd, data, size, place); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t place) { REAL(ssize_t, pwrite64, int, const void *, size_t, off64_t); return write_at(real, fd, data, size, place); }

static int cut_to(int fd, off64_t size) {
    REAL(int, ftruncate64, int, off64_t);
    const char *path = at(fd);
    if (!path) return real(fd, size);
    if (enter(path)) return (int)failed(path);
    int done = real(fd, size);
    leave("truncate", path, "", size, NULL, 0, !done);
    return done;
}
int ftruncate(int fd, off_t size) { return cut_to(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut_to(fd, size); }

static int synced(int (*real)(int), int fd) {
    const char *path = at(fd);
    if (!path) return real(fd);
    if (sync_ms) { /* outside the turn: other threads go on */
        struct timespec wait = {sync_ms / 1000, sync_ms % 1000 * 1000000};
        nanosleep(&wait, NULL);
    }
    if (enter(path)) return (int)failed(path);
    int done = real(fd);
    leave("sync", path, "", 0, NULL, 0, !done);
    return done;
}
int fsync(int fd) { REAL(int, fsync, int); return synced(real, fd); }
int fdatasync(int fd) { REAL(int, fdatasync, int); return synced(real, fd); }

#define OF_ONE(name) \
    int name(const char *path) { \
        REAL(int, name, const char *); \
        if (!ours(path)) return real(path); \
        if (enter(path)) return (int)failed(path); \
        int done = real(path); \
        leave(#name, path, "", 0, NULL, 0, !done); \
        return done; \
    }
OF_ONE(unlink)
OF_ONE(rmdir)

int mkdir(const char *path, mode_t mode) {
    REAL(int, mkdir, const char *, mode_t);
    if (!ours(path)) return real(path, mode);
    if (enter(path)) return (int)failed(path);
    int done = real(path, mode);
    leave("mkdir", path, "", 0, NULL, 0, !done);
    return done;
}

static int of_two(const char *name, int (*real)(const char *, const char *), const char *path, const char *other) {
    if (!ours(path) && !ours(other)) return real(path, other);
    if (enter(path)) return (int)failed(path);
    int done = real(path, other);
    leave(name, path, other, 0, NULL, 0, !done);
    return done;
}
int rename(const char *path, const char *other) { REAL(int, rename, const char *, const char *); return of_two("rename", real, path, other); }
int link(const char *path, const char *other) { REAL(int, link, const char *, const char *); return of_two("link", real, path, other); }
