#include "cli/program.h"
#include "cli/report.h"
#include "cli/signals.h"
#include <locale.h>

int gs_program(int argc, char **argv, int (*run)(const gs_options *options, char **argv))
{
    gs_options options;
    gainsay_error err;
    int status;

    setlocale(LC_CTYPE, "C.UTF-8"); /* what we print is UTF-8 wherever we are */
    gs_signals_install();
    if (gs_options_parse(&options, argc, argv, &err) != GAINSAY_OK)
        status = gs_report_refusal(&options, &err);
    else
        status = run(&options, argv);
    gs_options_free(&options);
    return status;
}
