/** The objective of any Deeplearning4j model, through a detached copy. */
@NullMarked
package org.thalweg.objective.network;

import org.jspecify.annotations.NullMarked;
