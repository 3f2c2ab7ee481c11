/** ND4J ops bound to their arrays once and run many times: tapes of calls, and the arenas that their arrays live in. */
@NullMarked
package org.thalweg.objective.compiled.op;

import org.jspecify.annotations.NullMarked;
