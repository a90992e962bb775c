/* `gainsay decide`: the record that its words say. */
#ifndef GS_CLI_DECIDE_H
#define GS_CLI_DECIDE_H

#include "cli/options.h"
#include "graph/base/buffer.h"

/* As JSON; `now` is the wall clock, seconds UTC. GAINSAY_USAGE for words that say none. */
GAINSAY_CHECKED gainsay_code gs_decide_record(gs_buffer *out, const gs_options *options,
                                              int64_t now, gainsay_error *err);

#endif
