/* Low activity, the inside: explaining one student. For core/flags/lowactivity*.c only. */
#ifndef CORE_FLAGS_LOWACTIVITY_PRIVATE_H
#define CORE_FLAGS_LOWACTIVITY_PRIVATE_H

#include "core/flags/lowactivity.h"

/* Reasons that dates and days tell. */
void low_explain(LowStudent *s, const Study *study, const LowOptions *o);
/* Fills what is known of a listed student, and the reasons that addresses tell. */
void low_find_known(LowStudent *s, const Study *study, const LowOptions *o, const guint8 *staff_ip);
/* By address: 1 when a row of staff came from it. Free with g_free. */
guint8 *low_staff_addresses(const Study *study);
/* All hits of the user on one day, from addresses of the school or of staff. */
gboolean low_is_test_account(const Study *study, guint32 user, const guint8 *staff_ip);

#endif
