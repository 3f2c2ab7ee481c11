/** Tests of what layers are written against. */
@NullMarked
package org.thalweg.objective.compiled.spi;

import org.jspecify.annotations.NullMarked;
