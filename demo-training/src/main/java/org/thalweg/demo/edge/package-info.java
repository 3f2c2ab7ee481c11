/** The edge of stability: full-batch gradient descent and the sharpness at which it settles. */
@NullMarked
package org.thalweg.demo.edge;

import org.jspecify.annotations.NullMarked;
