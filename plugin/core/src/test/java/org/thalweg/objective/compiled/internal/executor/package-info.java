/** Tests of executors. */
@NullMarked
package org.thalweg.objective.compiled.internal.executor;

import org.jspecify.annotations.NullMarked;
