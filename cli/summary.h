/* What a run of ingest did, in a line. */
#ifndef GS_CLI_SUMMARY_H
#define GS_CLI_SUMMARY_H

#include "cli/options.h"

/* On standard output, as -f says: text, or json. Silent with --quiet unless as json.
 * GAINSAY_USAGE for another format, which gs_summary_check finds beforehand. */
GAINSAY_CHECKED gainsay_code gs_summary_print(const gs_options *options,
                                              const gainsay_summary *summary,
                                              gainsay_error *err);
GAINSAY_CHECKED gainsay_code gs_summary_check(const gs_options *options,
                                              gainsay_error *err);

#endif
