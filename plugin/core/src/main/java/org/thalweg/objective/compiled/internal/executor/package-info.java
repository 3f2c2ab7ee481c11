/** Executors, which run tapes: buffers and the code of each op. */
@NullMarked
package org.thalweg.objective.compiled.internal.executor;

import org.jspecify.annotations.NullMarked;
