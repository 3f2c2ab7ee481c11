/** What an objective is set up with: which one a network gets, and the backend that computes it. */
@NullMarked
package org.thalweg.objective.setup;

import org.jspecify.annotations.NullMarked;
