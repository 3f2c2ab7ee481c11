/** The edge of stability: gradient descent on all examples at once, and the sharpness it settles at. */
@NullMarked
package org.thalweg.demo.edge;

import org.jspecify.annotations.NullMarked;
