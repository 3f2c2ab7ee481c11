/** The surface of a VGG network in several parameterizations. */
@NullMarked
package org.thalweg.demo.vgg;

import org.jspecify.annotations.NullMarked;
