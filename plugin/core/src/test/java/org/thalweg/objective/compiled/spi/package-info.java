/** Tests of the interfaces for layers. */
@NullMarked
package org.thalweg.objective.compiled.spi;

import org.jspecify.annotations.NullMarked;
