/* Decisions and withdrawals on their way in: each becomes a node, once, and what it is
 * about is settled (settle.h) before the batch is committed.
 *
 * Errors     as intake.h.
 */
#ifndef GS_INGEST_DECISION_H
#define GS_INGEST_DECISION_H

#include "ingest/intake.h"

GS_CHECKED gs_code gs_intake_decision(gs_outcome *out, gs_intake *intake,
                                      const gs_decision *decision, gs_error *err);
GS_CHECKED gs_code gs_intake_withdrawal(gs_outcome *out, gs_intake *intake,
                                        const gs_withdrawal *withdrawal, gs_error *err);

#endif
