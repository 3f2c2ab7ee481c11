/** Weight constraints for the listener; not part of the interface. */
@NullMarked
package org.thalweg.objective.network.internal;

import org.jspecify.annotations.NullMarked;
