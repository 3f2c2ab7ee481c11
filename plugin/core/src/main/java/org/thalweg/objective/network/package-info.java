/** Any Deeplearning4j model through a detached copy: the objective that always works. */
@NullMarked
package org.thalweg.objective.network;

import org.jspecify.annotations.NullMarked;
