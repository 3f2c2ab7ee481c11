/** Tests of rules. */
@NullMarked
package org.thalweg.objective.compiled.internal.rule;

import org.jspecify.annotations.NullMarked;
