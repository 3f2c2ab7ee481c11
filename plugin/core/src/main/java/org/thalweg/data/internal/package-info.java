/** Network configurations as JSON; not part of the interface. */
@NullMarked
package org.thalweg.data.internal;

import org.jspecify.annotations.NullMarked;
