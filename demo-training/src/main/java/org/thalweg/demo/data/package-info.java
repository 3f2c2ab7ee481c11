/** Images of digits, drawn by the demo or read from MNIST's files. */
@NullMarked
package org.thalweg.demo.data;

import org.jspecify.annotations.NullMarked;
