/* Text that a command is given: as an argument, in a file, on standard input. */
#ifndef GS_CLI_SOURCE_H
#define GS_CLI_SOURCE_H

#include "cli/report.h"
#include "graph/base/buffer.h"

/* All of a file; "-" is standard input. GAINSAY_FAILED where it cannot be read,
 * GAINSAY_INTERRUPTED, GAINSAY_LIMIT past 16 MiB. */
GAINSAY_CHECKED gainsay_code gs_source_read(gs_buffer *out, const char *path,
                                            gainsay_error *err);

/* --params and every --param as one JSON object, a later one of a name before an earlier;
 * ends in NUL. Empty when none is given. An error in the file's text has its place:
 * `origin` then says where (borrows from `file`). */
GAINSAY_CHECKED gainsay_code gs_source_parameters(gs_buffer *out, gs_buffer *file,
                                                  gs_origin *origin,
                                                  const gs_options *options,
                                                  gainsay_error *err);

#endif
