/** How each Deeplearning4j layer and vertex becomes kernels. */
@NullMarked
package org.thalweg.objective.compiled.layer;

import org.jspecify.annotations.NullMarked;
