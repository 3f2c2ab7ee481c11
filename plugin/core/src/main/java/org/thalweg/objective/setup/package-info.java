/** Setup of objectives: the choice of a network's objective, and the backend that computes it. */
@NullMarked
package org.thalweg.objective.setup;

import org.jspecify.annotations.NullMarked;
