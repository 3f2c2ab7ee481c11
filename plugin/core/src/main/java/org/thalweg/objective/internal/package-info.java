/** Code shared by both kinds of network objective; not part of the API. */
@NullMarked
package org.thalweg.objective.internal;

import org.jspecify.annotations.NullMarked;
