#include "ingest/external.h"
#include "ingest/record/entries.h"
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TICK_MS = 100 }; /* how often an interrupt is looked for */

typedef struct child {
    pid_t pid;
    int to, from; /* ends of sockets; -1: closed */
    gs_text input;
    gs_buffer output;
    bool over, interrupted; /* ended by a limit, or by the user */
} child;

static void put(gs_entries *to, const char *name, gs_text text)
{
    gs_entries_put(to, gs_text_of(name), gs_string(text));
}

static gs_code write_document(gs_buffer *to, const gs_source *d, gs_arena *arena,
                              gs_error *err)
{
    gs_entries fields = {.arena = arena};

    put(&fields, "type", GS_TEXT("document"));
    put(&fields, "url", d->url);
    put(&fields, "file", d->file);
    put(&fields, "title", d->title);
    put(&fields, "byline", d->byline);
    put(&fields, "publisher", d->publisher);
    put(&fields, "published", d->published);
    put(&fields, "sha256", d->sha256);
    put(&fields, "language", d->language);
    put(&fields, "text", d->text);
    gs_json_write(to, gs_entries_map(&fields));
    gs_buffer_char(to, '\n');
    return fields.failed || to->failed ? gs_fail_memory(err) : GS_OK;
}

/* In the child; whatever fails ends it with 127. */
static void become(const char *command, int in, int out, uint32_t limit_ms)
{
    struct rlimit memory = {(rlim_t)GS_EXTERNAL_MEMORY_MB << 20,
                            (rlim_t)GS_EXTERNAL_MEMORY_MB << 20};
    struct rlimit seconds = {limit_ms / 1000 + 1, limit_ms / 1000 + 2};

    setpgid(0, 0);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    if (dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0)
        _exit(127);
    close_range(STDERR_FILENO + 1, ~0U, 0);
    setrlimit(RLIMIT_AS, &memory);
    setrlimit(RLIMIT_CPU, &seconds);
    unsetenv("GAINSAY_STORE");
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

static gs_code start(child *c, const gs_external *external, uint32_t limit_ms,
                     gs_error *err)
{
    int in[2], out[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, in) != 0)
        return gs_fail(err, GS_FAILED, "extractor: no socket: %s", strerror(errno));
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, out) != 0) {
        close(in[0]);
        close(in[1]);
        return gs_fail(err, GS_FAILED, "extractor: no socket: %s", strerror(errno));
    }
    c->pid = fork();
    if (c->pid == 0)
        become(external->command, in[1], out[1], limit_ms);
    close(in[1]);
    close(out[1]);
    c->to = in[0];
    c->from = out[0];
    if (c->pid > 0) {
        setpgid(c->pid, c->pid); /* whoever of the two comes first */
        return GS_OK;
    }
    close(c->to);
    close(c->from);
    return gs_fail(err, GS_FAILED, "extractor: cannot be started: %s", strerror(errno));
}

static void close_end(int *end)
{
    if (*end >= 0)
        close(*end);
    *end = -1;
}

static void feed(child *c)
{
    ssize_t sent =
        send(c->to, c->input.bytes, c->input.size, MSG_NOSIGNAL | MSG_DONTWAIT);

    if (sent > 0)
        c->input = gs_text_slice(c->input, (size_t)sent, c->input.size);
    if (c->input.size == 0 || (sent < 0 && errno != EAGAIN && errno != EINTR))
        close_end(&c->to); /* it has all of it, or wants no more */
}

static void drain(child *c)
{
    char block[16 << 10];
    ssize_t got = recv(c->from, block, sizeof block, MSG_DONTWAIT);

    if (got > 0)
        gs_buffer_bytes(&c->output, block, (size_t)got);
    else if (got == 0 || (errno != EAGAIN && errno != EINTR))
        close_end(&c->from);
    c->over = c->over || c->output.size > GS_EXTERNAL_OUTPUT;
}

static int64_t now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Until it has closed its output, or its time is over. */
static void talk(child *c, const gs_external *external, int64_t end)
{
    while (c->from >= 0 && !c->over && !c->interrupted && !c->output.failed) {
        struct pollfd ends[2] = {{c->from, POLLIN, 0}, {c->to, POLLOUT, 0}};

        if (poll(ends, c->to >= 0 ? 2 : 1, TICK_MS) > 0) {
            if (c->to >= 0 && ends[1].revents != 0)
                feed(c);
            if (ends[0].revents != 0)
                drain(c);
        }
        c->over = c->over || now_ms() >= end;
        c->interrupted = external->interrupt != NULL && *external->interrupt != 0;
    }
}

/* How it ended; what it has started itself ends with it. */
static gs_code stop(int *status, child *c, int64_t end, gs_error *err)
{
    pid_t ended = 0;

    close_end(&c->to);
    close_end(&c->from);
    while (!c->over && !c->interrupted &&
           ((ended = waitpid(c->pid, status, WNOHANG)) == 0 ||
            (ended < 0 && errno == EINTR))) {
        const struct timespec moment = {0, 5 * 1000 * 1000};

        nanosleep(&moment, NULL);
        c->over = now_ms() >= end;
    }
    kill(-c->pid, SIGKILL);
    if (ended == c->pid)
        return GS_OK;
    if (ended == 0)
        kill(c->pid, SIGKILL); /* it may have left its group */
    while (ended == 0 || (ended < 0 && errno == EINTR))
        ended = waitpid(c->pid, status, 0);
    if (ended < 0)
        return gs_fail(err, GS_FAILED, "extractor: how it ended is not known: %s",
                       strerror(errno));
    return GS_OK;
}

static gs_code judge(const child *c, int status, uint32_t limit_ms, gs_error *err)
{
    if (c->output.failed)
        return gs_fail_memory(err);
    if (c->interrupted)
        return gs_fail(err, GS_INTERRUPTED, "interrupted; what was committed is kept");
    if (c->output.size > GS_EXTERNAL_OUTPUT)
        return gs_fail(err, GS_LIMIT, "extractor: writes more than %d MiB; it was ended",
                       GS_EXTERNAL_OUTPUT >> 20);
    if (c->over)
        return gs_fail(err, GS_LIMIT, "extractor: not done after %u ms; it was ended",
                       limit_ms);
    if (WIFSIGNALED(status))
        return gs_fail(err, GS_INPUT, "extractor: ended by signal %d", WTERMSIG(status));
    if (WEXITSTATUS(status) != 0)
        return gs_fail(err, GS_INPUT, "extractor: failed with status %d",
                       WEXITSTATUS(status));
    return GS_OK;
}

static gs_code check_spans(const gs_statement *s, const gs_source *document,
                           gs_error *err)
{
    size_t points = s->spans.count > 0 ? gs_utf8_count(document->text) : 0;

    for (size_t i = 0; i < s->spans.count; i++)
        if (s->spans.items[i].end > points)
            return gs_fail(err, GS_INPUT,
                           "spans[%zu]: ends behind the text, which has %zu code points",
                           i, points);
    return GS_OK;
}

static gs_code check_document(const gs_statement *s, const gs_source *document,
                              gs_error *err)
{
    const gs_source *named = s->document;

    if (named == NULL ||
        ((named->url.bytes == NULL || gs_text_equal(named->url, document->url)) &&
         (named->sha256.bytes == NULL || gs_text_equal(named->sha256, document->sha256))))
        return GS_OK;
    return gs_fail(err, GS_INPUT,
                   "document: is another one than was given; leave it out");
}

static gs_code read_line(gs_statement *out, gs_text line, const gs_source *document,
                         gs_arena *arena, gs_error *err)
{
    gs_record record;
    gs_value value;
    gs_code rc;

    GS_TRY(gs_json_parse(&value, arena, line, err));
    GS_TRY(gs_record_read(&record, value, arena, err));
    if (record.type != GS_RECORD_STATEMENT)
        return gs_fail(err, GS_INPUT, "type: an extractor gives statements alone");
    GS_TRY(check_document(&record.as.statement, document, err));
    GS_TRY(check_spans(&record.as.statement, document, err));
    *out = record.as.statement;
    out->document = document;
    if (out->extractor.bytes == NULL)
        out->extractor = GS_TEXT("external");
out:
    return rc;
}

static gs_code hand_on(const gs_buffer *output, const gs_source *document,
                       const gs_external_sink *sink, gs_arena *arena, gs_error *err)
{
    gs_text all = gs_buffer_view(output);
    size_t bad = 0;
    gs_code rc = GS_OK;

    for (size_t at = 0; rc == GS_OK && at < all.size;) {
        size_t end = gs_text_find(all, GS_TEXT("\n"), at);
        gs_text line = gs_text_slice(all, at, end);
        gs_statement statement;

        at = end == SIZE_MAX ? all.size : end + 1;
        if (gs_text_trim(line).size == 0)
            continue;
        rc = read_line(&statement, line, document, arena, err);
        if (rc == GS_OK) {
            rc = sink->statement(sink->context, &statement, arena, err);
        } else if (rc == GS_INPUT || rc == GS_LIMIT) {
            gs_error why = *err;

            if (++bad > GS_EXTERNAL_BAD)
                return gs_fail(err, GS_INPUT,
                               "extractor: more than %d lines are no statements; the "
                               "rest of what it wrote is left out",
                               GS_EXTERNAL_BAD);
            rc = sink->refuse(sink->context, line, &why, err);
        }
    }
    return rc;
}

gs_code gs_external_read(const gs_external *external, const gs_source *document,
                         const gs_external_sink *sink, gs_arena *arena, gs_error *err)
{
    uint32_t limit_ms = external->limit_ms > 0 ? external->limit_ms : GS_EXTERNAL_MS;
    child c = {.to = -1, .from = -1};
    gs_buffer line = {0};
    gs_error why;
    gs_code ended, rc;
    int64_t end;
    int status = 0;

    GS_TRY(write_document(&line, document, arena, err));
    c.input = gs_buffer_view(&line);
    end = now_ms() + limit_ms;
    GS_TRY(start(&c, external, limit_ms, err));
    talk(&c, external, end);
    GS_TRY(stop(&status, &c, end, err));
    ended = judge(&c, status, limit_ms, &why);
    if (ended == GS_MEMORY || ended == GS_INTERRUPTED) {
        *err = why;
        rc = ended;
        goto out;
    }
    rc = hand_on(&c.output, document, sink, arena, err);
    if (ended != GS_OK && (rc == GS_OK || rc == GS_INPUT)) {
        *err = why;
        rc = ended;
    }
out:
    gs_buffer_free(&line);
    gs_buffer_free(&c.output);
    return rc;
}
