/** What both kinds of network objective share; not part of the interface. */
@NullMarked
package org.thalweg.objective.internal;

import org.jspecify.annotations.NullMarked;
