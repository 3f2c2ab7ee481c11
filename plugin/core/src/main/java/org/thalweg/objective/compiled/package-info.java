/** A Deeplearning4j network as a program of layer kernels on ND4J's ops, with exact first and second derivatives. */
@NullMarked
package org.thalweg.objective.compiled;

import org.jspecify.annotations.NullMarked;
