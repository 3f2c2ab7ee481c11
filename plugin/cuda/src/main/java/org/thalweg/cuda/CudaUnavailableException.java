package org.thalweg.cuda;

/** There is no GPU that can be used, with the reason. */
final class CudaUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CudaUnavailableException(String message) {
        super(message);
    }
}
