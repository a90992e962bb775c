/* Taking a run back, and bringing it again, as the command line asks. */
#ifndef GS_CLI_UNDO_H
#define GS_CLI_UNDO_H

#include "cli/options.h"
#include "include/gainsay/gainsay.h"

/* `gainsay jobs undo RUN`, or redo: asks where it must, and prints what was done. */
GAINSAY_CHECKED gainsay_code gs_undo_run(const gs_options *options, bool redo,
                                         gainsay_error *err);

#endif
